// Answers requests by graphql-js, one JSON object a line: the first are the schemas by name, each further one is a document
// with variables, and what the server answered to it where it was executed. What is answered is in reference().
import { createInterface } from "node:readline";
import {
  GraphQLError, MaxIntrospectionDepthRule, TypeInfo, buildSchema, execute, getIntrospectionQuery, getNullableType, getOperationAST, introspectionFromSchema,
  isAbstractType, isEnumType, isListType, isObjectType, parse, specifiedRules, validate, visit, visitWithTypeInfo,
} from "graphql";
import { getArgumentValues, getVariableValues } from "graphql/execution/values.js";

const rules = [...new Set([...specifiedRules, MaxIntrospectionDepthRule])];
const schemas = new Map();
const everything = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true };

const told = (error, rule) => ({ rule, message: error.message, path: error.path, locations: error.locations ?? [] });

// findings are the errors of validation, each with its rule.
function findings(schema, document) {
  const found = [];
  const tagged = rules.map((rule) => (context) => {
    const own = Object.create(context);
    own.reportError = (error) => {
      found.push(told(error, rule.name.replace(/Rule$/, "")));
    };
    return rule(own);
  });
  validate(schema, document, tagged, { maxErrors: Infinity });
  return found;
}

// argumentsOf are the arguments of every field and directive of an operation, by their places in the document, or what is wrong
// with them.
function argumentsOf(schema, document, operation, variables) {
  const found = [];
  const errors = [];
  const read = (definition, node) => {
    try {
      const { line, column } = at(document, node.kind === "Directive" ? node.name : node);
      found.push({ line, column, values: getArgumentValues(definition, node, variables) });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      errors.push(told(error));
    }
  };
  const seen = new Set();
  const info = new TypeInfo(schema);
  const walk = (node) =>
    visit(
      node,
      visitWithTypeInfo(info, {
        Field(field) {
          if (info.getFieldDef()?.args.length) read(info.getFieldDef(), field);
        },
        Directive(directive) {
          if (schema.getDirective(directive.name.value)?.args.length) read(schema.getDirective(directive.name.value), directive);
        },
        VariableDefinition() {
          return false;
        },
        FragmentSpread(spread) {
          if (!seen.has(spread.name.value)) {
            seen.add(spread.name.value);
            waiting.push(document.definitions.find((one) => one.kind === "FragmentDefinition" && one.name.value === spread.name.value));
          }
        },
      }),
    );
  const waiting = [operation];
  while (waiting.length > 0) walk(waiting.pop());
  return { found, errors };
}

function at(document, node) {
  const before = node.loc.source.body.slice(0, node.loc.start).split(/\r\n|[\n\r]/g);
  return { line: before.length, column: before.at(-1).length + 1 };
}

// replayed executes a document whose every field has the value that the server's answer has at its place, or its error. Where an
// error took away what was around it, the places in between are made up, so that it has to be taken away again.
function replayed(schema, document, { operationName, variables, answer }) {
  const errors = new Map((answer.errors ?? []).map((error) => [JSON.stringify(error.path), error]));
  const starts = new Map(); // of the paths of errors, with the largest index that follows
  for (const { path } of answer.errors ?? []) {
    path?.forEach((key, i) => {
      const start = JSON.stringify(path.slice(0, i));
      starts.set(start, Math.max(starts.get(start) ?? 0, typeof key === "number" ? key : 0));
    });
  }
  const resolve = (path, type) => {
    const key = JSON.stringify(path);
    if (errors.has(key)) return new Error(errors.get(key).message);
    const value = path.reduce((value, key) => value?.[key], answer.data);
    const gone = path.some((_, i) => path.slice(0, i).reduce((value, key) => value?.[key], answer.data) === null);
    return value === null && starts.has(key) ? madeUp(path, type) : gone || answer.data === null ? madeUp(path, type) : placed(value, path, type);
  };
  const placed = (value, path, type) => {
    type = getNullableType(type);
    if (Array.isArray(value)) return value.map((_, i) => resolve([...path, i], type.ofType));
    return value;
  };
  const madeUp = (path, type) => {
    type = getNullableType(type);
    const last = starts.get(JSON.stringify(path));
    if (isListType(type)) return last === undefined ? [] : Array.from({ length: last + 1 }, (_, i) => resolve([...path, i], type.ofType));
    if (isEnumType(type)) return type.getValues()[0].name;
    if (isAbstractType(type)) return { __typename: schema.getPossibleTypes(type)[0].name };
    if (isObjectType(type)) return {};
    return type.name === "Int" || type.name === "Float" ? 0 : type.name === "Boolean" ? false : "";
  };
  const pathOf = (path) => (path ? [...pathOf(path.prev), path.key] : []);
  return execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: {},
    fieldResolver: (_source, _args, _context, info) => resolve(pathOf(info.path), info.returnType),
    typeResolver: (value) => value.__typename,
  });
}

function reference(request) {
  const schema = schemas.get(request.schema);
  if (request.introspect) return { query: getIntrospectionQuery(everything), introspection: introspectionFromSchema(schema, everything) };
  let document;
  try {
    document = parse(request.query);
  } catch (error) {
    return { syntax: told(error) };
  }
  const invalid = findings(schema, document);
  if (invalid.length > 0) return { invalid };
  const operation = getOperationAST(document, request.operationName);
  if (!operation) return { noOperation: true };
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
  if (errors) return { variables: errors.map((error) => told(error)) };
  const answer = { arguments: argumentsOf(schema, document, operation, coerced) };
  if (request.answer) {
    const { data, errors } = replayed(schema, document, request);
    answer.executed = { same: JSON.stringify(data) === JSON.stringify(request.answer.data), data, errors: errors?.map((error) => told(error)) };
  }
  return answer;
}

function load(sdl) {
  const schema = buildSchema(sdl);
  const time = schema.getType("Time");
  if (time) {
    time.parseValue = (value) => {
      if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) || Number.isNaN(Date.parse(value))) {
        throw new TypeError("no time");
      }
      return value;
    };
    time.parseLiteral = (node) => {
      if (node.kind !== "StringValue") throw new TypeError("no time");
      return time.parseValue(node.value);
    };
  }
  return schema;
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.sdl) {
    schemas.set(request.schema, load(request.sdl));
    continue;
  }
  process.stdout.write(JSON.stringify(reference(request)) + "\n");
}
