// The small doors that no longer journey goes through.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, signInCitizen } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 60 }); });
test.after(async () => { await server?.stop(); });

async function file(lang = 'ru') {
	const c = new Client(server.base, lang);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'Во дворе у дома семь вторую неделю не горит свет, сделайте что-нибудь.', kind: 'message' });
	const draft = c.url.replace(/\/where$/, '');
	await c.get(`${draft}/what`);
	assert.match(c.html, /не горит свет/, 'what was written is there again');
	await c.post(`${draft}/what`, { text: 'Во дворе у дома девять третью неделю не горит свет, сделайте что-нибудь.', kind: 'message' });
	assert.match(c.url, /\/where$/);
	await c.post(c.url, { topic: 'roads', topic_other: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Ерлан Беков', email: 'erlan@example.kz' });
	assert.match(c.url, /^\/receipt\//, c.text().slice(0, 300));
	return c;
}

test('a draft is changed before it is sent, and its deadline goes into a calendar', async () => {
	const c = await file(), receipt = c.url;
	assert.match(c.html, /девять/);
	await c.get(`${receipt}/deadline.ics`);
	assert.match(c.response.headers.get('content-type'), /text\/calendar/);
	assert.match(c.html, /BEGIN:VEVENT/);
});

test('the language is chosen and stays', async () => {
	const c = new Client(server.base, 'ru');
	await c.get('/lang/kk?to=/help');
	await c.get('/help');
	assert.match(c.html, /<html lang="kk"/);
	await c.get('/lang/xx');
	assert.equal(c.status, 404);
});

test('robots are told where not to go', async () => {
	const c = await new Client(server.base).get('/robots.txt');
	assert.match(c.html, /Disallow: \/receipt/);
});

test('signing out ends the session, for others too when asked', async () => {
	const c = await signInCitizen(server.base, { n: 71 }), stolen = new Client(server.base);
	stolen.cookies = new Map(c.cookies);
	await c.get('/me');
	await c.post('/sign-out', {}, '/sign-out');
	await stolen.get('/me');
	assert.match(stolen.url, /^\/sign-in/, 'the token is worth nothing any more');
	const here = await signInCitizen(server.base, { n: 72 }), there = await signInCitizen(server.base, { n: 72 });
	await here.get('/me/settings');
	await here.post('/me/sign-out-others', {}, '/me/sign-out-others');
	await there.get('/me');
	assert.match(there.url, /^\/sign-in/);
	await here.get('/me');
	assert.equal(here.url, '/me');
});

test('a key of a program is taken back', async () => {
	const admin = await signIn(server.base, 'admin.miicr@demo.kz');
	await admin.get('/admin/clients');
	await admin.post('/admin/clients', { name: 'Программа' }, '/admin/clients');
	await admin.get('/admin/clients');
	const revoke = admin.html.match(/action="(\/admin\/clients\/\d+\/revoke)"/);
	assert.ok(revoke, admin.text().slice(0, 300));
	await admin.post(revoke[1], {}, revoke[1]);
	assert.equal(admin.status, 200);
	assert.ok(!admin.html.includes(revoke[1]));
});

test('a signature and a petition are taken back', async () => {
	const list = await new Client(server.base).get('/petitions?state=open');
	const id = list.html.match(/\/petitions\/(\d{6,})/)[1];
	const c = await signInCitizen(server.base, { n: 73 });
	await c.get(`/petitions/${id}/sign`);
	await c.post(`/petitions/${id}/sign`, { region: '100000000', district: '' }, `/petitions/${id}/sign`);
	assert.equal(c.status, 200, c.text().slice(0, 300));
	await c.get(`/petitions/${id}`);
	await c.post(`/petitions/${id}/unsign`, {}, `/petitions/${id}/unsign`);
	assert.equal(c.status, 200, c.text().slice(0, 300));
	await c.get(`/petitions/${id}/sign`);
	assert.match(c.html, new RegExp(`action="/petitions/${id}/sign"`), 'one may sign again');
	const stop = new AbortController(), live = await fetch(`${server.base}/petitions/${id}/live`, { signal: stop.signal });
	assert.match(live.headers.get('content-type'), /text\/event-stream/);
	stop.abort();
});
