// Everything a body owes in one list: what is due first on top, page by page, only its own, and only one's own when asked for.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn } from '../lib/server.mjs';

let server, all;
test.before(async () => {
	server = await startServer({ demo: 100 });
	for (let i = 0; i < 33; i++) // a page holds 30
		await fetch(server.base + '/api/v1/appeals', { method: 'POST', body: JSON.stringify({ kind: 'message', text: `На улице Абая, ${i} яма на дороге.`, topic: 'roads', place: 100000000, body: 10003,
			name: 'Иван Петров', email: 'ivan@example.kz' }) });
	all = await signIn(server.base, 'all.r10_roads@demo.kz');
});
test.after(async () => { await server?.stop(); });

const links = (html) => [...html.matchAll(/<td><a href="(\/desk\/[^"]+)"/g)].map((m) => m[1]);

test('the list goes on page by page and every row leads to what it is about', async () => {
	const seen = [];
	let where = '/desk?queue=all', pages = 0;
	for (; where && pages < 50; pages++) {
		await all.get(where);
		assert.equal(all.status, 200);
		seen.push(...links(all.html));
		where = all.html.match(/href="(\/desk\?queue=all&amp;after=[^"]+)"/)?.[1].replaceAll('&amp;', '&');
	}
	assert.ok(pages > 1, `only ${seen.length} rows`);
	await all.get(seen[0]);
	assert.equal(all.status, 200);
	await all.get('/desk?queue=all');
	const days = [...all.html.matchAll(/class="small muted">([^<]+)<\/span><\/td>/g)].map((m) => m[1]);
	assert.ok(days.length > 1, 'the day stands beside what is left');
});

test('only what lies with me, and nothing of another body', async () => {
	const executor = await signIn(server.base, 'executor.r10_roads@demo.kz');
	await executor.get('/desk?queue=all');
	const ours = links(executor.html);
	await executor.get('/desk?queue=all&whose=me');
	assert.equal(executor.status, 200);
	assert.ok(links(executor.html).length < ours.length);
	const stranger = await signIn(server.base, 'executor.r10_utilities@demo.kz');
	await stranger.get('/desk?queue=all');
	assert.deepEqual(links(stranger.html).filter((l) => ours.includes(l)), []);
});
