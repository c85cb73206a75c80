import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types and operations of src/lib/api/generated, from the server's schema and src/lib/api/operations. */
const config: CodegenConfig = {
  schema: '../graph/schema/*.graphqls',
  documents: 'src/lib/api/operations/*.graphql',
  generates: {
    'src/lib/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { Time: 'string', CIDR: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
