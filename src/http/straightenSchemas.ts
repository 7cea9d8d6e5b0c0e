interface Schema {
  allOf?: Schema[];
  anyOf?: Schema[];
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
}

/**
 * Says as JSON Schema has it what the generator of the description says with `allOf`: a named shape that may be null
 * comes out as the shape and "object or null" at once, which null is not; one with a description, as two shapes; and
 * one with further fields as two shapes of which each may forbid the fields of the other.
 */
export function straightenSchemas(schemas: unknown, document: unknown): void {
  const named = schemas as Record<string, Schema>;
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    straighten(value, named);
    for (const [key, member] of Object.entries(value)) if (key !== 'example') visit(member);
  };
  visit(document);
}

function straighten(schema: Schema, named: Readonly<Record<string, Schema>>): void {
  const [first, more] = schema.allOf ?? [];
  if (schema.allOf?.length !== 2 || first?.$ref === undefined || !more) return;
  const { allOf: _, ...own } = schema;
  delete schema.allOf;
  if (more.properties) {
    const base = named[first.$ref.split('/').at(-1)!]!;
    straighten(base, named);
    Object.assign(schema, base, more, own, {
      properties: { ...base.properties, ...more.properties },
      required: [...(base.required ?? []), ...(more.required ?? [])],
    });
    return;
  }
  const { type, ...rest } = more;
  if ([type].flat().includes('null')) schema.anyOf = [first, { type: 'null' }];
  else schema.$ref = first.$ref;
  Object.assign(schema, rest);
}
