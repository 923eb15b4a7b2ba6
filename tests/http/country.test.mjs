// country/test, two islands that do not exist: an appeal and a petition go through their whole lives by another country's rules, and no page
// speaks of Kazakhstan. A broken pack never starts the server.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { letter } from '../lib/mail.mjs';
import { startServer, Client, totp, until, root, program, dayAhead } from '../lib/server.mjs';

const pack = ['--country', path.join(root, 'country/test')];
let server, north, council;

function base32(s) {
	let bits = '';
	for (const c of s.replace(/[^A-Z2-7]/g, '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0');
	return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
}

// From the address of an invitation to a desk.
async function join(where, email) {
	const c = new Client(server.base);
	await c.get(where);
	const secret = base32(c.html.match(/<code>([^<]+)<\/code>/)[1]), password = 'lodka i kolodets 9';
	await c.post(where, { password, code: totp(Date.now(), secret) });
	assert.equal(c.status, 200, c.text().slice(0, 300));
	await c.get('/staff/sign-in');
	await c.post('/staff/sign-in', { email, password, code: totp(Date.now() + 30000, secret) });
	assert.equal(c.status, 200, c.text().slice(0, 300));
	return c;
}

const invitation = /\/staff\/join\/[^\s"<]+/;
// The first administrator comes from the command line and invites a colleague who has every role.
async function office(body) {
	const out = execFileSync(program, ['invite', 'Админ', `admin@${body}.invalid`, body, '--data', server.dir, ...server.settings], { cwd: root, encoding: 'utf8' });
	assert.match(out, /^https?:\/\//, 'an address that can be opened as it stands');
	assert.equal(spawnSync(program, ['invite', 'Админ', 'no address', body, '--data', server.dir, ...server.settings], { cwd: root }).status, 1);
	const admin = await join(out.match(/\/staff\/join\/\S+/)[0], `admin@${body}.invalid`), email = `all@${body}.invalid`;
	await admin.get('/admin/people');
	const roles = [...admin.html.matchAll(/<input[^>]*name="roles"[^>]*value="(\w+)"/g)].map((m) => m[1]).filter((r) => r !== 'admin');
	await admin.post('/admin/people', { name: 'Коллега', email, roles }, '/admin/people');
	assert.equal(admin.status, 200, admin.text().slice(0, 300));
	return join((await letter(server.base, email, invitation)).match(invitation)[0], email);
}

test.before(async () => {
	server = await startServer({ settings: pack });
	north = await office('north');
	council = await office('council');
});
test.after(async () => { await server?.stop(); });

async function file(kind = 'plea') {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	assert.deepEqual([...c.html.matchAll(/name="kind"[^>]*value="(\w+)"|<option value="(\w+)"/g)].map((m) => m[1] ?? m[2]).sort(), ['idea', 'plea', 'protest']);
	await c.post('/appeals/new', { text: 'В колодце у Синей Гавани солёная вода. Когда его почистят?', kind });
	await c.post(c.url, { topic: 'wells', topic_other: 'wells', region: '1', district: '11' });
	assert.match(c.url, /\/who$/, c.text().slice(0, 300));
	await c.post(c.url, { body: '8', name: 'Моана Туи', email: 'moana@islands.invalid', iin: '046 454 286', phone: '0 512345', agreed_public: '1' });
	assert.match(c.url, /^\/receipt\//, c.text().slice(0, 600));
	return c;
}

test('an appeal goes through its whole life by the rules of another country', async () => {
	const c = await file(), receipt = c.url, [, , number, secret] = receipt.split('/'), desk = `/desk/${number}`;
	await north.get(desk);
	const act = async (name, fields = {}) => {
		await north.post(`${desk}/${name}`, fields, `${desk}/${name === 'submit' ? 'save' : name}`);
		assert.equal(north.status, 200, `${name}: ${north.text().slice(0, 900)}`);
	};
	await act('register', { kind: 'plea', topic: 'wells', points: 'Когда почистят колодец?' });
	await c.get(`${receipt}/deadline`);
	assert.equal(c.status, 200);
	const executor = north.html.match(/<select[^>]*name="executor"[^>]*><option value="(\d+)"/)[1];
	await act('resolve', { executor, text: 'Посмотреть колодец' });
	await act('submit', { decision: 'granted', text: 'Мы осмотрели колодец и почистим его.', part_1: 'Почистим 2 декабря, сделаем новую крышку.', steps: `${dayAhead(50)} Новая крышка` });
	if (north.html.includes(`${desk}/approve`)) await act('approve');
	await act('sign');
	await c.get(receipt);
	assert.match(c.html, /новую крышку/);
	await act('publish', { title: 'Солёная вода в колодце', text: 'Колодец у Синей Гавани.' });
	const anyone = await new Client(server.base).get(`/appeals/${number}`);
	assert.equal(anyone.status, 200);
	await c.post(`/appeals/${number}/contest`, { secret, text: 'Колодец почистили только наполовину, вода солёная.' }, `/appeals/${number}/contest`);
	assert.equal(c.status, 200, c.text().slice(0, 400));
	await council.get('/desk');
	const protest = council.html.match(/href="(\/desk\/\d\d-[0-9A-Z-]+)"/);
	assert.ok(protest, 'the complaint lies with the superior body');
	await council.get(protest[1]);
	assert.match(council.text(), /Протест/, 'in the kind that this country contests with');
});

test('identifiers and phones are those of the country', async () => {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'В колодце у Синей Гавани солёная вода. Когда его почистят?', kind: 'plea' });
	await c.post(c.url, { topic: 'wells', topic_other: 'wells', region: '2', district: '' });
	const who = c.url;
	for (const wrong of [{ iin: '046454287' }, { iin: '990101300015' }, { phone: '0 312345' }, { phone: '8 701 123 45 67' }]) {
		await c.post(who, { body: '9', name: 'Моана Туи', email: 'moana@islands.invalid', ...wrong });
		assert.equal(c.status, 422, JSON.stringify(wrong));
	}
});

test('a petition needs as many signatures as the pack says, by body and by population', async () => {
	const identity = (i) => { // nine digits with Luhn's control digit
		const eight = String(10000000 + i);
		for (let k = 0; ; k++)
			if ([...(eight + k)].reverse().reduce((s, d, j) => s + (j % 2 ? (d > 4 ? 2 * d - 9 : 2 * d) : +d), 0) % 10 === 0) return eight + k;
	};
	const citizen = async (i) => {
		const c = new Client(server.base);
		await c.get('/sign-in/identity');
		await c.post('/sign-in/identity', { iin: identity(i), name: `Моана Туи` });
		assert.equal(c.url, '/me');
		return c;
	};
	const author = await citizen(1);
	await author.get('/petitions/new');
	const thresholds = Object.fromEntries([...author.html.matchAll(/value="(\d+)"[^>]*>(?:<label[^>]*>)?[^<]*?: нужно (\d+)/g)].map((m) => [m[1], Number(m[2])]));
	assert.deepEqual(thresholds, { 7: 3, 8: 4, 9: 3 }, 'a count for the council, a tenth of the people for an office');
	await author.post('/petitions/new', { topic: 'boats', lang: 'ru', title: 'Новый причал на острове', text: 'Причал смыло штормом, лодки стоят на песке. Предлагаем построить каменный.', read_excluded: '1', body: '7' }, '/petitions/new');
	const [, id, link] = author.url.match(/(\d+)\?link=(.+)/);
	await council.get(`/desk/petitions/${id}`);
	await council.post(`/desk/petitions/${id}/moderate`, { ground: '', words: '', original: '' }, `/desk/petitions/${id}/moderate`);
	assert.equal(council.status, 200, council.text().slice(0, 300));
	const state = async () => (await fetch(`${server.base}/petitions/${id}.json`)).json().then((j) => j.data?.attributes.state, () => null);
	const sign = async (i, query) => {
		const c = await citizen(i);
		await c.get(`/petitions/${id}/sign${query}`);
		await c.post(`/petitions/${id}/sign`, { region: '1', district: '' }, `/petitions/${id}/sign`);
		assert.equal(c.status, 200, c.text().slice(0, 300));
	};
	// one may sign by identity and by mail here: the same mailbox with the same name is the same person
	const mail = 'moana@islands.invalid', second = await citizen(2);
	await second.get('/me/mail');
	await second.post('/me/mail', { email: mail }, '/me/mail');
	await second.post('/me/mail/codes', { code_old: '', code_new: (await letter(server.base, mail, /: \d{6}\./)).match(/: (\d{6})\./)[1] }, '/me/mail/codes');
	assert.match(second.url, /^\/me\/settings/);
	const guest = await new Client(server.base).get(`/petitions/${id}/sign?link=${link}`), byMail = `/petitions/${id}/sign-by-mail`;
	await guest.post(byMail, { name: 'Моана Туи', mail, region: '1', district: '' }, byMail);
	assert.equal(guest.url, `/petitions/${id}/check-mail`, guest.text().slice(0, 300));
	const confirm = (await letter(server.base, mail, /\/petitions\/confirm\//)).match(/\/petitions\/confirm\/[0-9A-Z-]+/)[0];
	await guest.get(confirm);
	await guest.post(confirm, {}, confirm);
	assert.match(guest.text(), /Вы подписали/);
	await second.get(`/petitions/${id}/sign?link=${link}`);
	await second.post(`/petitions/${id}/sign`, { region: '1', district: '' }, `/petitions/${id}/sign`);
	assert.match(second.text(), /уже подписали/);
	await sign(3, `?link=${link}`);
	await until('open', async () => await state() === 'open');
	await sign(4, '');
	await until('the threshold is seen', async () => await state() !== 'open');
	await council.get('/desk');
	assert.match(council.text(), /Новый причал на острове/, 'it has become an appeal to the council');
});

test('no page speaks of Kazakhstan', async () => {
	for (const lang of ['kk', 'ru', 'en'])
		for (const where of ['/', '/appeals', '/appeals/new', '/now', '/bodies', '/bodies/8', '/quality', '/situations', '/situations/sea', '/situation/lost-boat',
			'/notices', '/petitions', '/help', '/help/privacy', '/sign-in', '/track']) {
			const c = await new Client(server.base, lang).get(where);
			assert.equal(c.status, 200, where);
			assert.doesNotMatch(c.text(), /Казахстан|Қазақстан|Kazakhstan|акимат|әкімдік|akimat|АППК|ӘРПК|\beGov\b/i, `${lang} ${where}`);
		}
});

test('a broken pack never starts the server', () => {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-pack-'));
	for (const [file, from, to, want] of [
		['kinds.csv', '10,day', 'ten,day', /kinds\.csv:2: term is no whole number: ten/],
		['bodies.csv', 'north,7', 'north,70', /bodies\.csv:3: unknown parent 70/],
		['pack.yaml', 'kind_contest: protest', 'kind_contest: duel', /pack\.yaml:16: kind_contest must be a kind/],
	]) {
		const broken = path.join(dir, 'pack');
		cpSync(path.join(root, 'country/test'), broken, { recursive: true });
		const text = readFileSync(path.join(broken, file), 'utf8');
		assert.ok(text.includes(from));
		writeFileSync(path.join(broken, file), text.replace(from, to));
		const check = spawnSync(program, ['check', broken], { encoding: 'utf8' });
		assert.equal(check.status, 1);
		assert.match(check.stdout, want);
		const serve = spawnSync(program, ['serve', '--country', broken, '--data', path.join(dir, 'data'), '--listen', '127.0.0.1:0'], { encoding: 'utf8', timeout: 20000 });
		assert.equal(serve.status, 1, 'the server must not start');
		assert.match(serve.stderr, want);
		rmSync(broken, { recursive: true });
	}
	rmSync(dir, { recursive: true });
});
