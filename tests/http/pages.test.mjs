// Every public page: status, headers, weight, three languages, errors with a way on.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, until } from '../lib/server.mjs';
import { gzipSync } from 'node:zlib';

let server;
test.before(async () => { server = await startServer({ demo: 60 }); });
test.after(async () => { await server?.stop(); });

const pages = ['/', '/appeals', '/appeals/new', '/track', '/now', '/bodies', '/bodies?region=100000000', '/bodies/10003', '/help', '/help/privacy',
	'/help/accessibility', '/help/data', '/sign-in', '/sign-in/identity', '/staff/sign-in', '/design', '/demo/mail', '/demo/staff'];

for (const lang of ['kk', 'ru', 'en'])
	test(`public pages answer in ${lang}`, async () => {
		for (const page of pages) {
			const c = new Client(server.base, lang);
			await c.get(page);
			assert.equal(c.status, 200, page);
			assert.match(c.html, new RegExp(`<html lang="${lang}"`), page);
			assert.ok(!/MSG_|\{[a-z_]+\}/.test(c.html.replace(/data-[a-z]+="[^"]*"/g, '')), `${page}: an open placeholder`);
			const csp = c.response.headers.get('content-security-policy');
			assert.match(csp, /default-src 'none'/);
			assert.ok(!/unsafe/.test(csp));
			assert.equal(c.response.headers.get('x-content-type-options'), 'nosniff');
			assert.ok(!/<script(?![^>]*src=)|\sstyle="|\son[a-z]+="/.test(c.html), `${page}: inline script or style`);
			assert.ok(gzipSync(c.html).length <= 14 * 1024, `${page} weighs ${gzipSync(c.html).length}`);
		}
	});

test('errors are pages in the visitor\'s language', async () => {
	for (const [page, status] of [['/nothing', 404], ['/appeals/26-0000-0000', 404], ['/help/none', 404], ['/metrics/x', 404]]) {
		const c = new Client(server.base, 'kk');
		await c.get(page);
		assert.equal(c.status, status, page);
		assert.match(c.html, /<html lang="kk"/);
	}
	const r = await fetch(server.base + '/appeals', { method: 'DELETE' });
	assert.equal(r.status, 405);
	assert.match(r.headers.get('allow'), /GET/);
	assert.equal((await fetch(server.base + '/appeals/new', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status, 415);
	assert.equal((await fetch(server.base + '/appeals/new', { method: 'POST', body: 'x'.repeat(70 << 20), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
		.catch(() => ({ status: 413 }))).status, 413);
});

test('doors of officials stay closed to guests', async () => {
	for (const page of ['/desk', '/admin/people', '/admin/jobs', '/insight', '/me', '/me/settings']) {
		const r = await fetch(server.base + page, { redirect: 'manual' });
		assert.equal(r.status, 303, page);
		assert.match(r.headers.get('location'), /sign-in/);
	}
});

test('a page that has not changed is not sent again', async () => {
	const first = await fetch(server.base + '/help');
	const second = await fetch(server.base + '/track');
	assert.equal(second.status, 200);
	const etag = (await fetch(server.base + '/assets/site.css')).headers.get('etag');
	assert.ok(etag);
	assert.equal((await fetch(server.base + '/assets/site.css', { headers: { 'if-none-match': etag } })).status, 304);
	assert.equal(first.status, 200);
});

test('every link of the public pages leads somewhere', async () => {
	const seen = new Set(), queue = ['/'];
	const c = new Client(server.base, 'ru');
	while (queue.length && seen.size < 400) {
		const page = queue.shift();
		if (seen.has(page)) continue;
		seen.add(page);
		const r = await fetch(server.base + page, { redirect: 'manual', headers: { 'accept-language': 'ru' } });
		const body = await r.text();
		assert.ok(r.status < 400, `${page} answers ${r.status}`);
		if (!(r.headers.get('content-type') ?? '').startsWith('text/html')) continue;
		for (const [, href] of body.matchAll(/(?:href|src)="([^"]+)"/g)) {
			const to = href.replaceAll('&amp;', '&').split('#')[0];
			if (to.startsWith('/') && !to.startsWith('/lang/') && !to.startsWith('/api/') && !to.startsWith('/open311/') && !seen.has(to)) queue.push(to);
		}
	}
	assert.ok(seen.size > 100);
	void c;
});

test('lists for programs are well formed', async () => {
	const csv = await (await fetch(server.base + '/appeals.csv')).text();
	assert.ok(csv.startsWith('\ufeff') || csv.startsWith('number') , 'CSV');
	const atom = await fetch(server.base + '/appeals.atom');
	assert.match(atom.headers.get('content-type'), /atom\+xml/);
	const metrics = await (await fetch(server.base + '/metrics')).text();
	assert.match(metrics, /^jauap_http_responses_total\{class="2xx"\} \d+/m);
});

test('the live page is counted from the trail', async () => {
	const c = new Client(server.base, 'en');
	await until('sixty are counted', async () => Number((await c.get('/')).html.match(/data-key="filed">([\d,]+)/)[1].replaceAll(',', '')) >= 60);
});

test('a topic is looked at by place and by body, and the numbers agree', async () => {
	const csv = async (query) => (await (await fetch(`${server.base}/now.csv?days=365${query}`)).text()).trim().split('\r\n').slice(1).map((l) => l.split(','));
	const [, topic, , n] = (await csv('')).find(([what]) => /topic/.test(what)), code = topic.replaceAll('"', '');
	const bodies = (await csv(`&topic=${code}`)).filter(([what]) => /body/.test(what));
	const addressed = bodies.reduce((sum, b) => sum + Number(b[3]), 0);
	assert.ok(addressed > 0 && (addressed === Number(n) || (addressed < n && bodies.length === 12)), `${addressed} of ${n} with ${bodies.length} bodies, 12 are shown`);
	const c = new Client(server.base, 'en');
	await c.get(`/now?days=365&topic=${code}`);
	assert.match(c.html, new RegExp(`<dt>[^<]+</dt><dd>${n}</dd>`));
	const rows = [...c.html.matchAll(/href="\?region=(\d+)&amp;topic=([a-z_.]+)&amp;days=365">[^<]+<\/a><\/td><td class="num"[^>]*>(\d+)/g)];
	assert.equal(rows.length, 20);
	assert.ok(rows.every((r) => r[2] === code));
	assert.equal(rows.reduce((sum, r) => sum + Number(r[3]), 0), Number(n), 'each is in one region');
	await c.get(`/now?days=365&topic=${code}&region=${rows.find((r) => r[3] > 0)[1]}`);
	assert.equal(c.status, 200);
	await c.get('/now?topic=nonsense&region=1');
	assert.equal(c.status, 200);
});

test('what a person begins to write on the first page is in no address and in no log', async () => {
	const words = 'Сосед по улице Желтоксан 5 бьёт жену, боимся за детей', c = new Client(server.base);
	await c.get('/');
	assert.ok(!/action="\/appeals\/[a-z]+" method="get"/.test(c.html));
	const empty = await new Client(server.base).get('/');
	await empty.post('/appeals/begin', { text: '' }, '/appeals/begin');
	assert.equal(empty.url, '/appeals/new');
	await c.post('/appeals/begin', { text: words }, '/appeals/begin');
	assert.match(c.url, /^\/appeals\/draft\/[0-9a-f]{32}\/what$/);
	assert.match(c.html, new RegExp(`<textarea[^>]*>\\s*${words}`), 'it stands in the field');
	await c.post(c.url, { text: words, kind: 'message' });
	assert.match(c.url, /\/(danger|where)$/);
	await c.get('/');
	await c.post('/appeals/begin', { text: 'я'.repeat(20001) }, '/appeals/begin');
	assert.equal(c.status, 422);
	assert.match(c.html, /яяяя/, 'nothing typed is lost');
	const stranger = await fetch(server.base + '/appeals/begin', { method: 'POST', body: new URLSearchParams({ text: words }) });
	assert.equal(stranger.status, 403, 'not from another site');
	for (const trace of [words, encodeURIComponent(words), 'Желтоксан', encodeURIComponent('Желтоксан')]) assert.ok(!server.log().includes(trace), trace);
});
