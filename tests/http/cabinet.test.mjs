// Everything a person has in one place, to take along, and the way out.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, signInCitizen } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 20 }); });
test.after(async () => { await server?.stop(); });

async function citizen(lang = 'ru') {
	const c = new Client(server.base, lang);
	for (let k = 0; k < 10; k++) {
		await c.get('/sign-in/identity');
		await c.post('/sign-in/identity', { iin: `99010130001${k}`, name: 'Айгүл Серікова' });
		if (c.url === '/me') return c;
	}
	throw new Error('no valid number');
}
async function file(c) {
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'На улице Абая большая яма, просим починить.', kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Айгүл Серікова' });
	return c.url;
}

test('a person takes the data along and leaves; the appeal stays by its number', async () => {
	const c = await citizen(), receipt = await file(c), number = receipt.split('/')[2];
	await c.get('/me');
	assert.match(c.html, new RegExp(number));
	await c.get('/me/all');
	assert.equal(c.status, 200);
	await c.get('/me/data.json');
	const data = JSON.parse(c.html);
	assert.equal(data.name, 'Айгүл Серікова');
	assert.deepEqual(data.appeals.map((a) => [a.number, a.text]), [[number, 'На улице Абая большая яма, просим починить.']]);
	assert.ok(Array.isArray(data.petitions) && Array.isArray(data.signatures) && Array.isArray(data.receptions));

	await c.get('/me/all');
	await c.post('/me/leave', {}, '/me/leave');
	assert.equal(c.status, 422, 'not by one slip of the finger');
	await c.post('/me/leave', { sure: '1' }, '/me/leave');
	assert.match(c.text(), /Учётная запись удалена/);
	await c.get('/me');
	assert.match(c.url, /^\/sign-in/, 'signed out');
	await c.get(receipt);
	assert.equal(c.status, 200, 'the receipt still opens it');
	const again = await citizen();
	await again.get('/me');
	assert.doesNotMatch(again.html, new RegExp(number), 'a new account knows nothing of the old one');
});

test('another person\'s things are in nobody else\'s file', async () => {
	const c = await citizen();
	await file(c);
	const guest = new Client(server.base);
	await guest.get('/me/data.json');
	assert.match(guest.url, /^\/sign-in/);
});

// Signed in by the code of a letter: the address is the person's.
async function byMail(email) {
	const c = new Client(server.base, 'ru');
	await c.get('/sign-in');
	await c.post('/sign-in', { email }, '/sign-in');
	const inbox = await new Client(server.base, 'ru').get('/demo/mail');
	const newest = inbox.html.split('<li>').find((l) => l.includes(email)).match(/\/demo\/mail\/\d+/)[0];
	const code = (await inbox.get(newest)).text().match(/: (\d{6})\./)[1];
	await c.post('/sign-in/code', { email, code }, '/sign-in/code');
	assert.equal(c.url, '/me', c.text().slice(0, 300));
	return c;
}
const section = (c, title) => c.html.split('<h2>').find((s) => s.startsWith(title)) ?? assert.fail(`no part ${title}`);

test('a seat at a meeting stands in the cabinet with its code, and only there', async () => {
	const c = await byMail('seat@example.kz');
	await c.get('/me/all');
	assert.match(section(c, 'Места на встречах'), /Вы не записаны на встречи/);
	await c.get('/meetings');
	const meetings = [...new Set([...c.html.matchAll(/\/meetings\/\d+(?=")/g)].map((m) => m[0]))];
	for (const at of meetings) {
		await c.get(`${at}/register`);
		if (c.status === 200 && c.html.includes(`action="${at}/register"`)) break;
	}
	const form = c.url;
	await c.post(form, { name: 'Айгүл Серікова', email: 'seat@example.kz' }, form);
	const ticket = c.url, code = c.html.match(/class="number">([^<]+)</)?.[1];
	assert.match(ticket, /\/seat\//, c.text().slice(0, 400));
	await c.get('/me/all');
	const mine = section(c, 'Места на встречах');
	assert.ok(mine.includes(`href="${ticket}"`) && mine.includes('Место есть') && mine.includes(code), mine);
	const other = await byMail('other-seat@example.kz');
	await other.get('/me/all');
	assert.ok(!other.html.includes(ticket));
	await c.get(ticket);
	await c.post(`${ticket}/leave`, {}, `${ticket}/leave`);
	await c.get('/me/all');
	assert.match(section(c, 'Места на встречах'), /Вы не записаны на встречи/);
});

test('a place is followed and left in the cabinet; nobody stops what another follows', async () => {
	const c = await byMail('follows@example.kz'), other = await byMail('other@example.kz');
	await c.get('/meetings/follow');
	await c.post('/meetings/follow', { place: '100000000', district: '', email: 'Follows@example.kz' }, '/meetings/follow');
	await c.get('/me/all');
	assert.match(section(c, 'Территории'), /область Абай[\s\S]*подтвердить по ссылке/);
	const stop = c.html.match(/\/me\/follows\/\d+\/stop/)[0];
	await other.get('/me/settings');
	await other.post(stop, {}, '/me/settings');
	assert.equal(other.status, 404);
	await c.post(stop, {}, stop);
	assert.match(c.text(), /Писем об этой территории больше не будет/);
	assert.match(section(c, 'Территории'), /Вы не следите/);
	await c.get('/me/settings');
	await c.post(stop, {}, '/me/settings');
	assert.equal(c.status, 404, 'once');
});

test('every signature of a person is listed, the newest petitions first, a page at a time', async () => {
	const c = await signInCitizen(server.base, { n: 77 });
	const open = (await (await fetch(server.base + '/petitions.json?state=open')).json()).data.map((p) => p.id);
	assert.ok(open.length > 1, 'the demonstration has open petitions');
	for (const id of open) {
		await c.get(`/petitions/${id}/sign`);
		await c.post(`/petitions/${id}/sign`, { region: '100000000', district: '' }, `/petitions/${id}/sign`);
	}
	const ids = (html) => [...html.matchAll(/href="\/petitions\/(\d+)"/g)].map((m) => m[1]);
	const sorted = [...open].sort((a, b) => BigInt(a) < BigInt(b) ? 1 : -1);
	await c.get('/me/all');
	assert.deepEqual(ids(section(c, 'Подписанные петиции')), sorted);
	await c.get('/me/all/signatures');
	assert.deepEqual(ids(c.html), sorted);
	await c.get(`/me/all/signatures?after=${sorted[0]}`);
	assert.deepEqual(ids(c.html), sorted.slice(1));
	await c.get(`/me/all/signatures?after=${sorted.at(-1)}`);
	assert.match(c.text(), /Больше в этом списке ничего нет/);
	await c.get(`/petitions/${open[0]}`);
	await c.post(`/petitions/${open[0]}/unsign`, {}, `/petitions/${open[0]}/unsign`);
	await c.get('/me/all/signatures');
	assert.deepEqual(ids(c.html), sorted.filter((id) => id !== open[0]), 'taken back, it is not there');
	await c.get('/me/all/nothing');
	assert.equal(c.status, 404);
});

test('a journalist finds the questions in the cabinet; others do not see the part at all', async () => {
	const c = await signInCitizen(server.base, { n: 78, name: 'Әсел Жүнісова' }), officer = await signIn(server.base, 'press.r10_roads@demo.kz');
	await c.get('/me/all');
	assert.doesNotMatch(c.text(), /Мои вопросы от СМИ/);
	await c.get('/press/accreditation');
	await c.post('/press/accreditation', { body: '10003', name: 'Әсел Жүнісова', medium: 'Дала үні' }, '/press/accreditation');
	await officer.get('/desk/press/accreditations');
	const grant = officer.html.match(/\/desk\/press\/accreditations\/\d+\/grant/)[0];
	await officer.post(grant, {}, grant);
	await c.get('/press/ask');
	await c.post('/press/ask', { body: '10003', title: 'Когда откроют мост', text: 'Мост закрыт с марта. Когда его откроют?', topic: 'roads', lang: 'ru' }, '/press/ask');
	const number = c.url.split('/')[2];
	await c.get('/me/all');
	assert.match(section(c, 'Мои вопросы от СМИ'), new RegExp(`href="/appeals/${number}"[\\s\\S]*Когда откроют мост`));
});
