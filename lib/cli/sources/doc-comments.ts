import type { ClassLikeDeclaration, Node } from 'typescript';
import { ClassIndex } from './class-index.js';
import type { TypeScript } from './load-typescript.js';

const LINK = /\{@link(?:code|plain)?\s+([^\s|}]+)\s*\|?\s*([^}]*)\}/g;
/** Classes that extend one another. */
const MAX_LEVELS = 20;

/** Reads what doc comments in the sources of compiled modules say. */
export class DocComments {
  private readonly index: ClassIndex;

  constructor(private readonly typescript: TypeScript) {
    this.index = new ClassIndex(typescript);
  }

  /** The text before a class, up to the first tag; undefined where there is none. */
  ofClass(file: string, className: string): string | undefined {
    const found = this.index.find(file, className);
    return found && this.textOf(found.node);
  }

  /** The compiled module that a class is in: the given one, or one that it imports; undefined where it is in none. */
  fileOf(file: string, className: string): string | undefined {
    return this.index.find(file, className)?.file;
  }

  /** The text before a class's property, or before that of a class that it extends. */
  ofProperty(file: string, className: string, property: string): string | undefined {
    let found = this.index.find(file, className);
    for (let level = 0; found !== undefined && level < MAX_LEVELS; level++) {
      const member = found.node.members.find(({ name }) => name !== undefined && this.nameOf(name) === property);
      const text = member && this.textOf(member);
      if (text !== undefined) return text;
      const base = this.baseOf(found.node);
      found = base === undefined ? undefined : this.index.find(found.file, base);
    }
    return undefined;
  }

  private textOf(node: Node): string | undefined {
    const { getJSDocCommentsAndTags, getTextOfJSDocComment, isJSDoc } = this.typescript;
    const comment = getJSDocCommentsAndTags(node).filter(isJSDoc).at(-1)?.comment;
    const text = (getTextOfJSDocComment(comment) ?? '').replace(LINK, linkText).trim();
    return text === '' ? undefined : text;
  }

  private nameOf(name: Node): string | undefined {
    const { isIdentifier, isStringLiteral } = this.typescript;
    return isIdentifier(name) || isStringLiteral(name) ? name.text : undefined;
  }

  private baseOf({ heritageClauses }: ClassLikeDeclaration): string | undefined {
    const { isIdentifier, SyntaxKind } = this.typescript;
    const clause = heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword);
    const base = clause?.types[0]?.expression;
    return base && isIdentifier(base) ? base.text : undefined;
  }
}

function linkText(_link: string, target: string, text: string): string {
  return text.trim() || target;
}
