import type { AnyClass } from '../../common/any-class.js';
import type { CatalogProblem } from '../catalog-event.js';
import { type ReadType, readTypeToken } from './attribute-type-token.js';
import type { AttributeMapping, MappedAttribute } from './attribute-mapping.js';
import { ClassValidators } from './class-validators.js';
import { attributeMetadataOf, type AttributeMetadata } from './event-class-metadata.js';

const HOW_TO_SAY = 'give it to @EventAttribute() as the second argument';

/** Reads the `@EventAttribute()`s of classes, each class once, and collects what is wrong with them. */
export class Mappings {
  private readonly known = new Map<AnyClass, AttributeMapping>();
  private readonly found: CatalogProblem[] = [];

  /** What is wrong with the classes that were read since the last call. */
  takeProblems(): CatalogProblem[] {
    return this.found.splice(0);
  }

  of(mappedClass: AnyClass): AttributeMapping {
    const known = this.known.get(mappedClass);
    if (known) return known;
    const attributes: MappedAttribute[] = [];
    const properties = new Set<string>();
    const validators = new ClassValidators(mappedClass);
    const mapping = { mappedClass, attributes, properties, hasValidators: !validators.isEmpty };
    // Before its attributes are read: a class may hold itself.
    this.known.set(mappedClass, mapping);
    for (const metadata of attributeMetadataOf(mappedClass.prototype as object)) {
      const attribute = this.read(mappedClass, metadata, validators);
      attributes.push(attribute);
      properties.add(attribute.property);
    }
    this.checkWhole(mapping, validators);
    return mapping;
  }

  private read(mappedClass: AnyClass, metadata: AttributeMetadata, validators: ClassValidators): MappedAttribute {
    const property = String(metadata.property);
    const place = `${mappedClass.name}.${property}`;
    const type = this.readType(metadata, place);
    return {
      name: typeof metadata.name === 'string' ? metadata.name : '',
      property,
      type: type?.type,
      isOptional: metadata.isOptional || validators.allowsAbsence(property),
      nested: type?.nested && this.nested(type.nested, metadata.isInferred, place),
      metadata,
    };
  }

  private readType({ type, isInferred }: AttributeMetadata, place: string): ReadType | undefined {
    if (type === undefined) {
      this.add(place, `has no type: ${HOW_TO_SAY}`);
      return undefined;
    }
    if (isInferred && (type === Object || type === Array)) {
      this.add(place, `has a type of which the compiler writes down ${type.name} only: ${HOW_TO_SAY}`);
      return undefined;
    }
    const read = tokenOf(type);
    if (!read) this.add(place, 'has a type that is none of String, Number, Boolean, Date, Array, Object and classes');
    return read;
  }

  private nested(nestedClass: AnyClass, isInferred: boolean, place: string): AttributeMapping | undefined {
    if (attributeMetadataOf(nestedClass.prototype as object).length > 0) return this.of(nestedClass);
    const hint = isInferred ? `; if it is no class of yours, ${HOW_TO_SAY}` : '; for any object give Object';
    this.add(
      place,
      `is a ${nestedClass.name || 'class without a name'}, no property of which has @EventAttribute()${hint}`,
    );
    return undefined;
  }

  private checkWhole({ mappedClass, attributes }: AttributeMapping, validators: ClassValidators): void {
    const properties = new Map<string, string>();
    for (const { name, property } of attributes) {
      const other = properties.get(name);
      if (other !== undefined) {
        this.add(
          `${mappedClass.name}.${property}`,
          `has the attribute name of ${mappedClass.name}.${other}: "${name}"`,
        );
      }
      properties.set(name, property);
    }
    for (const property of validators.asynchronousProperties()) {
      this.add(
        `${mappedClass.name}.${property}`,
        'has a validator that answers with a promise, but events are checked at once',
      );
    }
  }

  private add(place: string, message: string): void {
    this.found.push({ place, message });
  }
}

function tokenOf(type: unknown): ReadType | undefined {
  try {
    return readTypeToken(type);
  } catch {
    // A function that was to return the type threw: the class is not there yet, or never.
    return undefined;
  }
}
