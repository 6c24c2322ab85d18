import type { AttributeMapping } from '../../catalog/event-class/attribute-mapping.js';
import type { DocComments } from '../sources/doc-comments.js';
import { exampleTextsOf } from './example-texts.js';
import type { PlanAttribute } from './plan-event.js';

/** So many values within the attributes of one class are told of. */
const MAX_VALUES = 500;

/** Tells of the attributes of an event class, and of what they hold where that is of a class too. */
export class AttributePlanner {
  /** The classes around the one that is being told of. */
  private readonly around = new Set<AttributeMapping>();
  private values = 0;

  constructor(private readonly comments: DocComments | undefined) {}

  /** @param file the compiled module in which, or in the imports of which, the class is */
  plan(mapping: AttributeMapping, file: string): PlanAttribute[] {
    const { name: className } = mapping.mappedClass;
    const ownFile = this.comments?.fileOf(file, className) ?? file;
    const examples = exampleTextsOf(mapping);
    this.around.add(mapping);
    const attributes = mapping.attributes.flatMap(({ name, property, type, isOptional, nested, metadata }) => {
      if (type === undefined) return [];
      const description = metadata.description ?? this.comments?.ofProperty(ownFile, className, property);
      const isCut = nested !== undefined && !this.isToldOf(nested);
      const within = nested === undefined || isCut ? [] : this.plan(nested, ownFile);
      return [{ name, type, isOptional, description, example: examples.get(name), within, isCut }];
    });
    this.around.delete(mapping);
    return attributes;
  }

  /** A class that holds itself is told of once, and classes that hold one another many times not without end. */
  private isToldOf(nested: AttributeMapping): boolean {
    if (this.around.has(nested) || this.values + nested.attributes.length > MAX_VALUES) return false;
    this.values += nested.attributes.length;
    return true;
  }
}
