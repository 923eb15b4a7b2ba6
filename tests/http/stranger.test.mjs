// What somebody who means harm tries, and what it gets them: another body, another's words, another's mailbox.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, until } from '../lib/server.mjs';
import { letter } from '../lib/mail.mjs';
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

const appeal = { kind: 'message', text: 'Во дворе у дома семь вторую неделю не горит свет.', topic: 'roads', place: 100000000, name: 'Айгүл Серікова', email: 'aigul@example.kz' };
const file = (body, key) => fetch(server.base + '/api/v1/appeals', { method: 'POST', headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) }, body: JSON.stringify(body) });

test('a guessed Idempotency-Key does not give away the receipt of another program', async () => {
	const mine = await (await file(appeal, 'order-0000001')).json();
	assert.ok(mine.secret);
	const stranger = await file({ ...appeal, text: '?' }, 'order-0000001');
	assert.equal(stranger.status, 422);
	assert.ok(!(await stranger.text()).includes(mine.secret));
});

test('a program sends no second line in a name and no point beside the earth', async () => {
	for (const [change, field] of [[{ name: 'Айгүл\nBcc: all@example.kz' }, 'name'], [{ address: 'Абая 7\r\nX: y' }, 'address'], [{ lat: 1e308, lon: 0 }, 'lat'], [{ lat: 43, lon: -999 }, 'lat']]) {
		const r = await file({ ...appeal, ...change });
		assert.equal(r.status, 422, field);
		assert.ok((await r.json()).error.fields[field], field);
	}
});

test('whoever types too little beside a receipt gets the page again, with the receipt still open', async () => {
	const { number, secret } = await (await file(appeal)).json(), c = new Client(server.base);
	await c.get(`/receipt/${number}/${secret}`);
	await c.post(`/appeals/${number}/act/comment`, { text: 'а' }, `/appeals/${number}/act/comment`);
	assert.equal(c.status, 422);
	assert.match(c.html, new RegExp(`name="secret" value="${secret}"`));
	await c.post(`/appeals/${number}/act/comment`, { text: 'Света всё ещё нет.' }, `/appeals/${number}/act/comment`);
	assert.equal(c.url, `/receipt/${number}/${secret}`);
});

test('many wrong passwords at once are no more than five, and the sixth finds the door shut', async () => {
	const mail = 'controller.r10_roads@demo.kz';
	const doors = await Promise.all(Array.from({ length: 8 }, async () => { const c = new Client(server.base); await c.get('/staff/sign-in'); return c; }));
	await Promise.all(doors.map((c) => c.post('/staff/sign-in', { email: mail, password: 'wrong-Jauap-2026', code: '123456' })));
	assert.equal(ask(where, `SELECT fails FROM account WHERE email_key = '${mail}'`), '5');
});

test('a code from a letter works only in the browser that asked for it', async () => {
	const mail = 'here.only@example.kz', mine = new Client(server.base), stranger = new Client(server.base);
	await mine.get('/sign-in');
	await mine.post('/sign-in', { email: mail }, '/sign-in');
	const code = (await letter(server.base, mail)).match(/(?:Код|код)[^.]*?: (\d{6})\./)[1];
	await stranger.get('/sign-in/code?email=' + encodeURIComponent(mail));
	for (let i = 0; i < 6; i++) await stranger.post('/sign-in/code', { email: mail, code: i ? '000000' : code }, '/sign-in/code').then((c) => c.get('/sign-in/code'));
	await stranger.get('/me');
	assert.match(stranger.url, /^\/sign-in/);
	await mine.post('/sign-in/code', { email: mail, code }, '/sign-in/code');
	assert.equal(mine.url, '/me', mine.text().slice(0, 300));
	const again = await mine.get('/sign-in/code');
	await again.post('/sign-in/code', { email: mail, code }, '/sign-in/code');
	assert.equal(again.url, '/sign-in', 'once');
});

test('twenty letters an hour reach a mailbox that somebody only typed, whatever the form', async () => {
	const mail = 'victim@example.kz', went = () => ask(where, `SELECT COUNT(*) FROM mail WHERE address = '${mail}' AND state = 'sent'`);
	for (let i = 0; i < 15; i++) assert.equal((await file({ ...appeal, text: `${appeal.text} ${i}`, email: mail })).status, 201);
	const c = new Client(server.base), regions = (await (await fetch(server.base + '/api/v1/places')).json()).data.filter((p) => !p.parent).slice(0, 15);
	for (const { id } of regions) { await c.get('/meetings/follow'); await c.post('/meetings/follow', { place: String(id), district: '', email: 'Victim@example.kz' }, '/meetings/follow'); }
	await until('all have left or been dropped', () => ask(where, "SELECT COUNT(*) FROM mail WHERE lower(address) = 'victim@example.kz' AND state <> 'queued'") === '30');
	const sent = Number(ask(where, "SELECT COUNT(*) FROM mail WHERE lower(address) = 'victim@example.kz' AND state = 'sent'"));
	assert.ok(sent >= 20 && sent <= 22, `${sent}: letters made at the same moment may not see each other`);
	const own = new Client(server.base), before = Number(went());
	await own.get('/sign-in');
	await own.post('/sign-in', { email: mail }, '/sign-in');
	await until('the letter with the code goes all the same', () => Number(went()) > before);
});

test('work is given to people of the own body only', async () => {
	const other = ask(where, "SELECT id FROM account WHERE email_key = 'signer.r10_utilities@demo.kz'"), ours = ask(where, "SELECT id FROM account WHERE email_key = 'executor.r10_roads@demo.kz'");
	const { number } = await (await file({ ...appeal, body: 10003 })).json();
	const registrar = await signIn(server.base, 'registrar.r10_roads@demo.kz'), head = await signIn(server.base, 'head.r10_roads@demo.kz');
	await registrar.get(`/desk/${number}`);
	await registrar.post(`/desk/${number}/register`, { kind: 'message', topic: 'roads' }, `/desk/${number}/register`);
	assert.equal(registrar.status, 200);
	for (const [fields, status] of [[{ executor: other }, 422], [{ executor: ours, helpers: other }, 422], [{ executor: ours }, 200]]) {
		await head.get(`/desk/${number}`);
		await head.post(`/desk/${number}/resolve`, fields, `/desk/${number}/resolve`);
		assert.equal(head.status, status, JSON.stringify(fields));
	}
	await head.get('/desk/plan/new');
	await head.post('/desk/plan/new', { lang: 'ru', title: 'Осветить двор дома семь', text: 'Поставим три столба.', post: 'Начальник отдела', account: other, 'due-day': '1', 'due-month': '12', 'due-year': String(new Date().getFullYear() + 1) }, '/desk/plan/new');
	assert.equal(head.status, 422);
});
