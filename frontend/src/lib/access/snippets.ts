/** How the service behind an access point asks, to copy: commands and configuration are the same in every language. */

/** The variable that a service keeps the secret in. */
export const secretVariable = 'GATEHOUSE_ACCESS_POINT_SECRET';

/** Asks whether somebody may come in (AuthZEN). */
export function askByCurl(server: string, code: string, user: string): string {
  const question = {
    subject: { type: 'user', id: user },
    action: { name: 'enter' },
    resource: { type: 'access_point', id: code },
    context: { ip: '192.0.2.7' },
  };
  return [
    `curl ${server}/access/v1/evaluation \\`,
    `  -H "Authorization: Bearer $${secretVariable}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(question)}'`,
  ].join('\n');
}

/** Has nginx ask for each request. Where people sign in, who is not known is sent to do so, and comes back with a cookie. */
export function askByNginx(server: string, code: string, people: boolean): string {
  return [
    'auth_request /.gatehouse;',
    'auth_request_set $gatehouse_user $upstream_http_gatehouse_user;',
    ...(people ? signInWay : []),
    '',
    'location / {',
    '    proxy_set_header Gatehouse-User $gatehouse_user;',
    '    proxy_pass http://127.0.0.1:3000;',
    '}',
    'location = /.gatehouse {',
    '    internal;',
    `    proxy_pass ${server}/access/forward-auth/${code};`,
    '    proxy_set_header Gatehouse-Access-Point-Secret gatesvc_…;',
    '    proxy_set_header X-Forwarded-For $remote_addr;',
    '    proxy_set_header X-Original-URL $scheme://$http_host$request_uri;',
    '    proxy_set_header Content-Length "";',
    '    proxy_pass_request_body off;',
    '}',
    ...(people ? signInPlace : []),
  ].join('\n');
}

const signInWay = [
  'auth_request_set $gatehouse_location $upstream_http_location;',
  'auth_request_set $gatehouse_cookie $upstream_http_set_cookie;',
  'error_page 401 = @sign_in;',
];

/** Without a Location the visitor asked for a host that is not among the access point's origins. */
const signInPlace = [
  'location @sign_in {',
  '    auth_request off;',
  '    if ($gatehouse_location = "") {',
  '        return 403;',
  '    }',
  '    add_header Set-Cookie $gatehouse_cookie always;',
  '    add_header Cache-Control no-store always;',
  '    return 302 $gatehouse_location;',
  '}',
];
