/** The variable that holds a key in its file and in the example. */
export const variable = 'GATEHOUSE_API_KEY';

/** What the file of a key is called: after its user. */
export function envName(qualifiedName: string): string {
  return qualifiedName.replaceAll(/[^\w.-]+/g, '-');
}

/** A command for a shell that reads the file of a key, and asks GraphQL at an address who is asking. */
export function curlExample(origin: string, fileName: string): string {
  return [
    `set -a; . ./${fileName}.env; set +a`,
    `curl ${origin}/graphql \\`,
    `  -H "Authorization: ApiKey $${variable}" \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '{"query": "{ viewer { user { qualifiedName } } }"}'`,
  ].join('\n');
}
