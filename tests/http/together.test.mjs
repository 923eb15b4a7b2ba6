// Many at once: readers, writers, watchers, signers and pages that are kept, on all threads. Each gets what is its own. Runs under sanitizers too.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, signInCitizen } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 60, settings: ['--io-threads', '4'] }); });
test.after(async () => { await server?.stop(); });

const times = async (n, f) => { for (let i = 0; i < n; i++) await f(i); };

async function readers(lang) {
	const c = new Client(server.base, lang);
	await times(12, async (i) => {
		for (const where of ['/', '/appeals', '/now', '/petitions', '/bodies/10003', '/help', '/appeals.csv', '/api/v1/appeals', '/metrics', '/nothing']) {
			await c.request(where, { headers: i % 2 ? { 'accept-encoding': 'identity' } : {} });
			assert.equal(c.status, where === '/nothing' ? 404 : 200, where);
			if (c.html.startsWith('<!')) assert.match(c.html, new RegExp(`<html lang="${lang}"`));
		}
	});
}

async function writers(n) {
	const numbers = [];
	await times(5, async (i) => {
		const c = new Client(server.base, 'ru'), text = `Во дворе номер ${n}-${i} вторую неделю не горит свет, сделайте что-нибудь.`;
		await c.get('/appeals/new');
		await c.post('/appeals/new', { text, kind: 'message' });
		await c.post(c.url, { topic: 'roads', topic_other: 'roads', region: '100000000', district: '' });
		await c.post(c.url, { body: '10003', name: 'Ерлан Беков', email: `erlan${n}.${i}@example.kz` });
		assert.match(c.url, /^\/receipt\//, c.text().slice(0, 300));
		assert.match(c.html, new RegExp(`${n}-${i} `), 'the own words, not those of a neighbour');
		numbers.push(c.url.split('/')[2]);
	});
	return numbers;
}

async function watcher() {
	const stop = new AbortController();
	const r = await fetch(server.base + '/now/live', { signal: stop.signal, headers: { accept: 'text/event-stream' } });
	const reader = r.body.getReader();
	for (let i = 0; i < 3; i++) await reader.read();
	stop.abort();
}

async function official(n) {
	const c = await signIn(server.base, ['all.r10_roads@demo.kz', 'all.r10_utilities@demo.kz', 'admin.miicr@demo.kz'][n]);
	await times(6, async () => {
		for (const where of n === 2 ? ['/admin/people', '/admin/jobs', '/admin/clients'] : ['/desk', '/desk/quality', '/insight', '/desk/notices']) {
			await c.get(where);
			assert.equal(c.status, 200, where);
		}
	});
}

test('many at once get what is theirs', async () => {
	const all = await Promise.all([
		...['kk', 'ru', 'en', 'kk'].map(readers), ...[1, 2, 3, 4].map(writers), ...[0, 1, 2].map(official), ...[1, 2, 3, 4, 5].map(watcher),
		...[11, 12, 13].map(async (n) => { const c = await signInCitizen(server.base, { n }); await times(8, () => c.get('/me')); assert.equal(c.status, 200); }),
	]);
	const numbers = all.slice(4, 8).flat();
	assert.equal(new Set(numbers).size, 20, 'each appeal has its own number');
});
