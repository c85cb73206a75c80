import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types and documents of src/generated, from the server's /schema.graphql and operations.graphql. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'operations.graphql',
  generates: {
    'src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { Time: 'string', CIDR: 'string', JSON: 'unknown' },
        // Null is no value of an input: what is not set is undefined, which JSON leaves out.
        inputMaybeValue: 'T | undefined',
        emitLegacyCommonJSImports: false,
      },
    },
  },
};

export default config;
