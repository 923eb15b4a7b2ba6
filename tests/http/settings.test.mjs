// What people set for themselves: another address is confirmed at both, devices are listed; and tries at the door get slow.
import test from 'node:test';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { startServer, Client, signIn, signInCitizen, totp } from '../lib/server.mjs';
import { letter, letters } from '../lib/mail.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 40 }); });
test.after(async () => { await server?.stop(); });

// Six digits out of the newest letter to this address.
async function code(address, base = server.base) {
	const c = new Client(base, 'ru');
	await c.get('/demo/mail');
	const newest = [...c.html.matchAll(/href="\/demo\/mail\/(\d+)">.*?<span[^>]*>([^ <]+) /g)].find(([, , to]) => to === address);
	assert.ok(newest, `a letter to ${address}`);
	await c.get(`/demo/mail/${newest[1]}`);
	return c.text().match(/(?:Код|код)[^.]*?: (\d{6})\./)[1];
}

async function signInByMail(address, agent = '', base = server.base) {
	const c = new Client(base, 'ru'), plain = c.request.bind(c);
	if (agent) c.request = (where, options = {}) => plain(where, { ...options, headers: { ...options.headers, 'user-agent': agent } });
	await c.get('/sign-in');
	await c.post('/sign-in', { email: address }, '/sign-in');
	await c.post('/sign-in/code', { email: address, code: await code(address, base) }, '/sign-in/code');
	assert.equal(c.url, '/me', c.text().slice(0, 300));
	return c;
}

const change = async (c, to) => { await c.get('/me/mail'); await c.post('/me/mail', { email: to }, '/me/mail'); return c; };
const typed = (c, code_old, code_new) => c.post('/me/mail/codes', { code_old, code_new }, '/me/mail/codes');
const other = (digits) => digits === '000000' ? '111111' : '000000';

test('another address counts only with the codes of both mailboxes', async () => {
	const c = await signInByMail('old.one@example.kz');
	await change(c, 'new.one@example.kz');
	assert.equal(c.url, '/me/mail/codes', c.text().slice(0, 300));
	const was = await code('old.one@example.kz'), fresh = await code('new.one@example.kz');
	assert.match(was, /^\d{6}$/);
	assert.match(fresh, /^\d{6}$/);
	await typed(c, other(was), fresh);
	assert.equal(c.url.split('?')[0], '/me/mail/codes', 'the new mailbox alone is not enough');
	await typed(c, was, other(fresh));
	assert.equal(c.url.split('?')[0], '/me/mail/codes', 'nor is the old one');
	await c.get('/me/settings');
	assert.match(c.html, /old\.one@example\.kz/);
	await c.get('/me/mail/codes');
	await typed(c, was, fresh);
	assert.equal(c.url.split('?')[0], '/me/settings', c.text().slice(0, 300));
	assert.match(c.html, /new\.one@example\.kz/);
	assert.doesNotMatch(c.html, /old\.one@example\.kz/);
	const again = await signInByMail('new.one@example.kz');
	await again.get('/me/settings');
	assert.match(again.html, /new\.one@example\.kz/);
});

test('codes are guessed five times and no more, and the address must be another one', async () => {
	const c = await signInByMail('guessed@example.kz');
	await change(c, 'Guessed@example.kz');
	assert.equal(c.status, 422, 'the same mailbox is no other one');
	await change(c, 'guessed2@example.kz');
	for (let i = 0; i < 5; i++) { await c.get('/me/mail/codes'); await typed(c, '123456', '123456'); }
	await c.get('/me/mail/codes');
	const was = await code('guessed@example.kz'), fresh = await code('guessed2@example.kz');
	await typed(c, was, fresh);
	assert.equal(c.url.split('?')[0], '/me/mail', 'even the right ones come too late');
	await c.get('/me/settings');
	assert.doesNotMatch(c.html, /guessed2@/);
});

test('an address that another account has is refused, and only its reader learns it', async () => {
	await signInByMail('taken@example.kz');
	const c = await signInByMail('wants@example.kz');
	await change(c, 'taken@example.kz');
	assert.equal(c.url, '/me/mail/codes', 'the page looks as always');
	await typed(c, await code('wants@example.kz'), await code('taken@example.kz'));
	assert.equal(c.url.split('?')[0], '/me/settings');
	assert.match(c.html, /wants@example\.kz/);
	assert.doesNotMatch(c.html, /taken@example\.kz/);
});

test('who has no address yet adds one with the code of that mailbox', async () => {
	const c = await signInCitizen(server.base, { n: 81 });
	await change(c, 'first@example.kz');
	assert.doesNotMatch(c.html, /name="code_old"/);
	await c.post('/me/mail/codes', { code_new: await code('first@example.kz') }, '/me/mail/codes');
	await c.get('/me/settings');
	assert.match(c.html, /first@example\.kz/);
});

test('an official\'s address is not theirs to change', async () => {
	const c = await signIn(server.base, 'head.r10_roads@demo.kz');
	await c.get('/me/mail');
	assert.equal(c.status, 403);
	await c.get('/me/settings');
	assert.doesNotMatch(c.html, /\/me\/mail/);
});

test('devices are listed by name, this one is marked, and the others go with one press', async () => {
	const phone = 'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
	const desk = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
	const lost = await signInByMail('devices@example.kz', phone), here = await signInByMail('devices@example.kz', desk);
	await here.get('/me/settings');
	const rows = [...here.html.matchAll(/<li><b>([^<]*)<\/b>([^<]*)</g)].map(([, name, mark]) => [name, mark.includes('это устройство')]);
	assert.deepEqual(rows.sort(), [['Chrome, Android', false], ['Firefox, Linux', true]]);
	assert.doesNotMatch(here.html, /SM-A546E/, 'no more of the header is kept than its name');
	await here.post('/me/sign-out-others', {}, '/me/sign-out-others');
	assert.equal([...here.html.matchAll(/<li><b>/g)].length, 1);
	await lost.get('/me');
	assert.match(lost.url, /^\/sign-in/);
});

test('settings are saved, the language too', async () => {
	const c = await signInCitizen(server.base, { n: 82 });
	await c.get('/me/settings');
	await c.post('/me/settings', { name: 'Дина Ахметова', lang: 'kk', letters: 'daily' }, '/me/settings');
	assert.match(c.html, /<html lang="kk"/);
	assert.match(c.html, /value="Дина Ахметова"/);
});

test('what was held for the letter of the day outlives a kill, and leaves at once when another choice is made', async () => {
	const first = await startServer({ demo: 40 }), to = 'daily@example.kz', said = 'Мастер был на месте и всё измерил.';
	let second;
	const choose = async (base, how) => {
		const c = await signInByMail(to, '', base);
		await c.get('/me/settings');
		await c.post('/me/settings', { name: 'Дина', lang: 'ru', letters: how }, '/me/settings');
		assert.match(c.html, new RegExp(`value="${how}"[^>]* (checked|selected)`));
		return c;
	};
	try {
		const c = await choose(first.base, 'daily');
		await c.get('/appeals/new');
		await c.post('/appeals/new', { text: 'На улице Абая в Семее яма, отремонтируйте её.', kind: 'application' });
		await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
		await c.post(c.url, { body: '10003', name: 'Дина', email: to });
		const number = c.url.split('/')[2], official = await signIn(first.base, 'all.r10_roads@demo.kz');
		await official.get(`/desk/${number}`);
		await official.post(`/desk/${number}/comment`, { text: said }, `/desk/${number}/comment`);
		assert.equal(official.status, 200, official.text().slice(0, 300));
		assert.match(await letter(first.base, to, /ждёт письма за день/), new RegExp(number));
		await first.kill();
		second = await startServer({ data: first.dir, settings: first.settings });
		assert.equal((await letters(second.base, to)).filter((l) => /Новости по вашим делам/.test(l)).length, 0, 'nothing leaves before its hour');
		await choose(second.base, 'now');
		assert.match(await letter(second.base, to, /Новости по вашим делам: 1/), new RegExp(number));
		await letter(second.base, to, /вошло в письмо за день/);
		assert.equal((await letters(second.base, to)).filter((l) => /Новости по вашим делам/.test(l)).length, 1);
	} finally {
		await (second ?? first).stop();
		rmSync(first.dir, { recursive: true, force: true });
	}
});

test('an official, whose work does not wait for a day, is not offered one letter a day', async () => {
	const c = await signIn(server.base, 'executor.r10_roads@demo.kz');
	await c.get('/me/settings');
	assert.match(c.html, /value="needed"/);
	assert.doesNotMatch(c.html, /value="daily"/);
});

const tryStaff = async (c, email, password, digits) => {
	await c.get('/staff/sign-in');
	return c.post('/staff/sign-in', { email, password, code: digits }, '/staff/sign-in');
};

test('after five wrong passwords of one official even the right one waits, wherever it comes from', async () => {
	const email = 'signer.r10_roads@demo.kz';
	for (let i = 0; i < 5; i++) await tryStaff(new Client(server.base), email, 'wrong-Jauap-2026', '123456');
	const right = await tryStaff(new Client(server.base), email, 'demo-Jauap-2026', totp());
	assert.match(right.url, /^\/staff\/sign-in/);
	assert.match(right.text(), /После пяти ошибок вход на время закрывается/);
	const nobody = await tryStaff(new Client(server.base), 'nobody.at.all@demo.kz', 'demo-Jauap-2026', '123456');
	assert.equal(nobody.text(), right.text(), 'the page does not tell who works here');
	const other = await tryStaff(new Client(server.base), 'approver.r10_roads@demo.kz', 'demo-Jauap-2026', totp());
	assert.doesNotMatch(other.url, /^\/staff\/sign-in/, 'others are not held up');
});

test('one network address tries the names of officials eight times a minute', async () => {
	const tight = await startServer({ settings: ['--rate-off', 'no'] });
	try {
		const statuses = [], c = new Client(tight.base);
		for (let i = 0; i < 9; i++) statuses.push((await tryStaff(c, `nobody${i}@demo.kz`, 'wrong-Jauap-2026', '123456')).status);
		assert.deepEqual(statuses, [...Array(8).fill(200), 429]);
	} finally { await tight.stop(); }
});
