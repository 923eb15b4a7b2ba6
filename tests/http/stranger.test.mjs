// What somebody who means harm tries, and what it gets them: another body, another's words, another's mailbox.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn } from '../lib/server.mjs';
import { ask } from '../lib/signing.mjs';

let server, where;
test.before(async () => {
	server = await startServer({ demo: 40 });
	where = server.settings[server.settings.indexOf('--database') + 1] ?? server.dir;
});
test.after(async () => { await server?.stop(); });

const give = (mail, body, role) => ask(where, `INSERT INTO staff_role (id, account_id, body_id, role, given_at)
	SELECT ${Math.floor(Math.random() * 1e12)}, id, ${body}, '${role}', 1 FROM account WHERE email_key = '${mail}'`);

test('an administrator of one body who works in another one administers only the first', async () => {
	give('admin.r10_roads@demo.kz', 10004, 'executor');
	const c = await signIn(server.base, 'admin.r10_roads@demo.kz');
	await c.get('/admin/people');
	assert.equal(c.status, 200);
	await c.get('/staff/body');
	await c.post('/staff/body', { body: '10004' }, '/staff/body');
	await c.get('/desk');
	assert.equal(c.status, 200);
	await c.get('/admin/people');
	assert.equal(c.status, 403);
	const r = await c.request('/admin/people', { method: 'POST', body: new URLSearchParams([...(await c.get('/staff/body')).hidden('/staff/body'), ['name', 'Ерлан'],
		['email', 'placed@example.kz'], ['roles', 'admin']]) });
	assert.equal(r.status, 403);
});

test('an administrator does not shut out somebody who works for another body too', async () => {
	give('executor.r10_roads@demo.kz', 10004, 'executor');
	const id = ask(where, "SELECT id FROM account WHERE email_key = 'executor.r10_roads@demo.kz'"), c = await signIn(server.base, 'admin.r10_utilities@demo.kz');
	await c.get(`/admin/people/${id}`);
	await c.post(`/admin/people/${id}`, { account: id, roles: 'executor', state: 'blocked' }, `/admin/people/${id}`);
	assert.equal(c.status, 409);
	assert.equal(ask(where, `SELECT state FROM account WHERE id = ${id}`), 'active');
	await c.get(`/admin/people/${id}`);
	await c.post(`/admin/people/${id}`, { account: id, roles: ['executor', 'approver'], state: 'active' }, `/admin/people/${id}`);
	assert.equal(c.url, '/admin/people', c.text().slice(0, 300));
});

test('an official without a role left sees what guests see, and is not shut out of it', async () => {
	const c = await signIn(server.base, 'analyst.r10_roads@demo.kz');
	ask(where, "DELETE FROM staff_role WHERE account_id = (SELECT id FROM account WHERE email_key = 'analyst.r10_roads@demo.kz')");
	await c.get('/insight');
	assert.match(c.url, /^\/staff\/sign-in/);
	await c.get('/');
	assert.equal(c.status, 200);
});
