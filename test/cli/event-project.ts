import { afterAll, beforeEach } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CommandProcess } from '../support/command-process.js';

const COMPILER = fileURLToPath(new URL('../support/compile-library.mjs', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** How a command ended, and what it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Attributes of an event class by property: name, type and options, as `@EventAttribute()` takes them, in JavaScript. */
export type Attributes = Readonly<Record<string, string>>;

/** An application in a folder of its own, as a Nest application is after `nest build`. */
export class EventProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'events-'));
  private readonly library = execFileSync(process.execPath, [COMPILER], { encoding: 'utf8' });

  /** Writes a file; returns its path within the folder. */
  write(path: string, text: string): string {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
    return path;
  }

  /** Writes a compiled module that exports event classes, each under its name. */
  writeClasses(path: string, ...classes: string[]): string {
    return this.write(path, `${this.decorators()}\n${classes.join('\n')}\n`);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  /** The import of what event classes are decorated with; faster than that of the whole library. */
  decorators(): string {
    const url = pathToFileURL(join(this.library, 'dist/esm/catalog/event-class')).href;
    return (
      `import { EventAttribute } from '${url}/event-attribute.decorator.js';\n` +
      `import { WebEngageEvent } from '${url}/webengage-event.decorator.js';`
    );
  }

  /** Gives the application a package of this repository's. */
  install(name: string): void {
    mkdirSync(join(this.folder, 'node_modules'), { recursive: true });
    symlinkSync(join(PACKAGES, name), join(this.folder, 'node_modules', name));
  }

  /** Makes a path lead to a folder, as package managers do for the packages of a workspace. */
  link(folder: string, path: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    symlinkSync(join(this.folder, folder), join(this.folder, path));
  }

  /** Makes another copy of the library and returns the URL of its main module. */
  copyLibrary(): string {
    const copy = `${this.library}.copy.${process.pid}`;
    cpSync(this.library, copy, { recursive: true });
    this.copies.push(copy);
    return pathToFileURL(join(copy, 'dist/esm/index.js')).href;
  }

  /** Runs the command in the folder. */
  async run(...commandLine: string[]): Promise<Outcome> {
    const changeFolder = `data:text/javascript,process.chdir(${encodeURIComponent(JSON.stringify(this.folder))})`;
    const command = new CommandProcess(commandLine, ['--import', changeFolder]);
    const { code } = await command.exited;
    return { code, stdout: command.stdout, stderr: command.stderr };
  }

  /** The same, in a pipe that its reader has closed. */
  async runUnread(...commandLine: string[]): Promise<Omit<Outcome, 'stdout'>> {
    const main = join(this.library, 'dist/esm/cli/main.js');
    const command = spawn(process.execPath, [main, ...commandLine], { cwd: this.folder, timeout: 60_000 });
    command.stdout.destroy();
    let stderr = '';
    command.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(command, 'close')) as [number | null];
    return { code, stderr };
  }

  delete(): void {
    for (const path of [this.folder, ...this.copies]) rmSync(path, { recursive: true, force: true });
  }

  private readonly copies: string[] = [];
}

/** The text of an exported event class, as a compiler leaves it. */
export function eventClass(name: string, eventName: string, attributes: Attributes = {}, options = '{}'): string {
  const decorators = Object.entries(attributes).map(
    ([property, given]) => `EventAttribute(${given})(${name}.prototype, '${property}');`,
  );
  return [
    `export let ${name} = class ${name} {};`,
    ...decorators,
    `${name} = WebEngageEvent('${eventName}', ${options})(${name});`,
  ].join('\n');
}

/** A project for the tests of a describe block, each of which finds neither code nor a lock file in it. */
export function useEventProject(): EventProject {
  const project = new EventProject();
  afterAll(() => project.delete());
  beforeEach(() => {
    project.remove('dist');
    project.remove('webengage.lock.json');
  });
  return project;
}
