import { expect, test } from '../support/test.ts';

test.use({ account: 'demo' });

test('Tab begins with a link past the wall', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users');
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('single keys search, begin and help; typing is left alone, and they can be switched off', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users');
  const search = page.getByRole('searchbox', { name: 'Name, login name or email' });
  await expect(search).toBeVisible();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('n?');
  await expect(search).toHaveValue('n?');
  await search.clear();

  await page.keyboard.press('Tab');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Help and shortcuts' });
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { level: 1, name: 'New user' })).toBeFocused();

  await page.keyboard.press('?');
  await help.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck();
  await help.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('?');
  await expect(help).toBeHidden();
});

test('Ctrl K finds a role and goes there', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/audit');
  await expect(page.getByRole('heading', { level: 1, name: 'Audit trail' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const find = page.getByRole('combobox', { name: 'Find a user, role or action' });
  await expect(find).toBeFocused();
  await page.keyboard.type('Support 2');
  const option = page.getByRole('option', { name: /^Support 2/ });
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Support 2' })).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(find).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(find).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Support 2' }), 'the focus is where it was').toBeFocused();
});

test('a panel opens from its row by Enter, and Escape gives the focus back', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users');
  const row = page.getByRole('table').getByRole('row').filter({ hasText: 'acme/admin' });
  const link = row.getByRole('link').first();
  await link.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Administrator' });
  await expect(panel.getByRole('heading', { level: 2 })).toBeFocused();
  await expect(page).toHaveURL(/[?&]user=user_/);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(link).toBeFocused();
  await expect(page).toHaveURL('/users');
});

test('an entry of a menu that cannot be taken is reached, and says why', async ({ visit, admin }) => {
  const page = await visit({ as: admin.client });
  await page.goto('/users?q=admin');
  await page.getByRole('button', { name: 'More for Administrator' }).focus();
  await page.keyboard.press('ArrowDown');
  const menu = page.getByRole('menu', { name: 'More for Administrator' });
  const deactivate = menu.getByRole('menuitem', { name: 'Deactivate' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(deactivate).toBeFocused();
  await expect(deactivate).toHaveAccessibleDescription('You cannot deactivate yourself.');
  await expect(menu.getByText('You cannot deactivate yourself.')).toBeVisible();
  await expect(menu.getByText('Your own is in your profile.'), 'told once for entries in a row').toHaveCount(1);
  await expect(menu.getByRole('menuitem', { name: 'Reset second factor' })).toHaveAccessibleDescription('Your own is in your profile.');
  await page.keyboard.press('Enter');
  await expect(menu).toBeVisible();
});
