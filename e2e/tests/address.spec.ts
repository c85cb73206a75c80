import { expect, test } from '../support/test.ts';

test.use({ account: 'demo' });

test('an address with a cursor of an earlier version, or of another filter, leads to the first page of its list', async ({ browser, gatehouse, admin }) => {
  const { users } = await admin.client.query('{ users(first: 1) { nodes { id } pageInfo { endCursor } } }');
  const context = await browser.newContext({ baseURL: gatehouse.url, extraHTTPHeaders: { 'X-Forwarded-For': '198.51.100.23' } });
  await context.addCookies(admin.client.cookies());
  const page = await context.newPage();
  const lists = ['/users?q=a', '/users?sort=EMAIL', '/roles', '/whitelists', '/audit', '/keys', '/mail?state=sent', '/profile', `/users/${users.nodes[0].id}`];
  for (const list of lists) {
    for (const side of ['after', 'before']) {
      for (const cursor of ['QWRtaW4AdXNlcl8x', users.pageInfo.endCursor]) {
        await page.goto(`${list}${list.includes('?') ? '&' : '?'}${side}=${cursor}`);
        await expect(page.getByText('That page of the list is no longer there. This is the first one.'), `${list} ${side}`).toBeVisible();
        await expect(page).toHaveURL(gatehouse.url + list);
        await expect(page.getByRole('heading', { name: 'Nothing here' })).toHaveCount(0);
        await expect(page.getByText('This could not be shown')).toHaveCount(0);
      }
    }
  }
  await context.close();
});

test('an address with an ID that is mistyped, or that names nothing, is not found', async ({ browser, gatehouse, admin }) => {
  const context = await browser.newContext({ baseURL: gatehouse.url, extraHTTPHeaders: { 'X-Forwarded-For': '198.51.100.23' } });
  await context.addCookies(admin.client.cookies());
  const page = await context.newPage();
  for (const kind of ['users', 'roles', 'whitelists', 'access-points', 'keys']) {
    for (const id of ['xyz', 'user_01h455vb4pex5vsknk084sn02q', 'role_01h455vb4pex5vsknk084sn02q', '%E2%80%8B', 'x'.repeat(300)]) {
      for (const rest of ['', '/edit']) {
        await page.goto(`/${kind}/${id}${rest}`);
        await expect(page.getByRole('heading', { level: 1, name: 'Nothing here' }), `/${kind}/${id}${rest}`).toBeVisible();
      }
    }
  }
  await context.close();
});
