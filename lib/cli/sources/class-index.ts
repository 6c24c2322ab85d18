import { createRequire } from 'node:module';
import { isAbsolute, resolve, sep } from 'node:path';
import type { ClassLikeDeclaration, Node } from 'typescript';
import type { TypeScript } from './load-typescript.js';
import { readText, sourceTextsOf } from './source-texts.js';

/** So many modules are looked through for one class. */
const MAX_MODULES = 100;

/** A class in its source, and the compiled module that it is in. */
export interface FoundClass {
  readonly node: ClassLikeDeclaration;
  readonly file: string;
}

/** Finds classes in the sources of compiled modules. */
export class ClassIndex {
  private readonly classes = new Map<string, ReadonlyMap<string, ClassLikeDeclaration>>();
  private readonly imports = new Map<string, readonly string[]>();

  constructor(private readonly typescript: TypeScript) {}

  /** Looks in a module and, for it may export what others declare, in those of the application that it imports. */
  find(file: string, className: string): FoundClass | undefined {
    const files = new Set([resolve(file)]);
    for (const candidate of files) {
      const node = this.classesOf(candidate).get(className);
      if (node) return { node, file: candidate };
      for (const imported of this.importsOf(candidate)) if (files.size < MAX_MODULES) files.add(imported);
    }
    return undefined;
  }

  private classesOf(file: string): ReadonlyMap<string, ClassLikeDeclaration> {
    const known = this.classes.get(file);
    if (known) return known;
    const found = new Map<string, ClassLikeDeclaration>();
    const { createSourceFile, ScriptTarget } = this.typescript;
    for (const { name, text } of sourceTextsOf(file)) {
      if (text.includes('class')) this.collect(createSourceFile(name, text, ScriptTarget.Latest, true), found);
    }
    this.classes.set(file, found);
    return found;
  }

  private collect(node: Node, found: Map<string, ClassLikeDeclaration>): void {
    if (this.typescript.isClassLike(node)) {
      const name = node.name?.text;
      if (name !== undefined && !found.has(name)) found.set(name, node);
    }
    this.typescript.forEachChild(node, (child) => this.collect(child, found));
  }

  private importsOf(file: string): readonly string[] {
    const known = this.imports.get(file);
    if (known) return known;
    const { importedFiles } = this.typescript.preProcessFile(readText(file) ?? '', true, true);
    const found = importedFiles.flatMap(({ fileName }) => pathOf(file, fileName));
    this.imports.set(file, found);
    return found;
  }
}

/** Empty for what is not of the application's own making; a package of its workspace is. */
function pathOf(file: string, imported: string): string[] {
  try {
    const path = createRequire(file).resolve(imported);
    return isAbsolute(path) && !path.split(sep).includes('node_modules') ? [path] : [];
  } catch {
    return [];
  }
}
