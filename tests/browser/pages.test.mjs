// Every public page and form state in a real browser: axe, markup, 320 px, dark, weight, no errors of the policy.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn, signInCitizen, Client } from '../lib/server.mjs';
import { startAppeal } from '../lib/filing.mjs';
import { openBrowser, findings, axeFindings } from '../lib/browser.mjs';
import { publicPages, citizenPages, staffPages, adminPages } from '../lib/pages.mjs';

let server, browser, shown, now, held, draft;
test.before(async () => {
	server = await startServer({ demo: 600 });
	browser = await openBrowser();
	const c = await new Client(server.base).get('/appeals');
	[shown] = c.html.match(/\/appeals\/\d\d-[0-9A-Z-]+/);
	[now] = (await c.get('/meetings')).html.match(/\/meetings\/\d+/);
	[held] = (await c.get('/meetings?when=past')).html.match(/\/meetings\/\d+/);
	draft = await startAppeal(c, 'В Семее на улице Абая две недели нет воды. Когда включат?');
});
test.after(async () => { await browser?.close(); await server?.stop(); });


async function check(context, where, label, forced) {
	const page = await context.newPage(), problems = [], sizes = [];
	let own = 0; // the picture of a place
	page.on('console', (m) => { if (m.type() === 'error' && !/status of 4/.test(m.text())) problems.push(`${label}: console: ${m.text()}`); });
	page.on('pageerror', (e) => problems.push(`${label}: ${e.message}`));
	page.on('response', async (r) => { own += /\/map\.svg$/.test(r.url()); if (!/\/(live|stream)$/.test(r.url())) sizes.push(r.request().sizes().then((s) => s.responseBodySize + s.responseHeadersSize).catch(() => 0)); });
	await page.goto(server.base + where, { waitUntil: 'load' });
	problems.push(...await findings(page, label), ...await axeFindings(page, label, { forced }));
	const weights = await Promise.all(sizes), sum = weights.reduce((a, b) => a + b, 0);
	if (weights.length > 4 + own) problems.push(`${label}: ${weights.length} requests`);
	if (sum > 30 * 1024) problems.push(`${label}: ${sum} bytes over the wire`);
	await page.close();
	return problems;
}

for (const [name, options] of [
	['kk, phone of 320 px', { locale: 'kk-KZ', viewport: { width: 320, height: 640 } }],
	['ru, desk top', { locale: 'ru-RU', viewport: { width: 1200, height: 800 } }],
	['en, dark', { locale: 'en-GB', viewport: { width: 1200, height: 800 }, colorScheme: 'dark' }],
	['kk, forced colours', { locale: 'kk-KZ', viewport: { width: 800, height: 800 }, forcedColors: 'active' }],
])
	test(`public pages: ${name}`, async () => {
		const context = await browser.newContext(options), all = [];
		for (const page of publicPages) all.push(...await check(context, page.replace('/appeals/FIRST', shown).replace('/meetings/NOW', now).replace('/meetings/HELD', held).replace('DRAFT', draft), `${name} ${page}`, options.forcedColors === 'active'));
		await context.close();
		assert.deepEqual(all, []);
	});

for (const scripts of [true, false])
	test(`on a phone the sections are one press away, scripts ${scripts ? 'on' : 'off'}`, async () => {
		const context = await browser.newContext({ locale: 'kk-KZ', viewport: { width: 320, height: 640 }, javaScriptEnabled: scripts });
		const page = await context.newPage();
		await page.goto(server.base + '/bodies');
		assert.ok((await page.locator('header.top').boundingBox()).height < 90, 'the header is one row');
		assert.equal(await page.isVisible('#nav a[href="/petitions"]'), false);
		await page.focus('.menu');
		await page.keyboard.press('Enter');
		assert.equal(await page.isVisible('#nav a[href="/petitions"]'), true);
		await page.keyboard.press('Tab');
		assert.equal(await page.getAttribute(':focus', 'href'), '/appeals', 'the sections come next');
		if (scripts) assert.deepEqual([...await findings(page, 'open menu'), ...await axeFindings(page, 'open menu')], []);
		await page.keyboard.press('Escape');
		assert.equal(await page.isVisible('#nav a[href="/petitions"]'), false);
		await page.setViewportSize({ width: 1200, height: 640 });
		assert.equal(await page.isVisible('#nav a[href="/petitions"]'), true, 'a wide window shows them always');
		await context.close();
	});

test('a form with errors says so first and beside the field', async () => {
	const context = await browser.newContext({ locale: 'kk-KZ', javaScriptEnabled: true });
	const page = await context.newPage();
	await page.goto(server.base + '/appeals/new');
	await page.click('main button.button');
	await page.waitForLoadState('load');
	assert.equal(await page.getAttribute('#text', 'aria-invalid'), 'true');
	assert.deepEqual([...await findings(page, 'form errors'), ...await axeFindings(page, 'form errors')], []);
	await context.close();
});

async function firstAgreed(c) {
	const numbers = new Set([...(await c.get('/desk?queue=clear')).html.matchAll(/"\/desk\/(\d\d-[0-9A-Z-]+)"/g), ...(await c.get('/desk')).html.matchAll(/"\/desk\/(\d\d-[0-9A-Z-]+)"/g)].map((m) => m[1]));
	for (const number of numbers) if ((await c.get(`/desk/${number}`)).html.includes(`/desk/${number}/public`)) return number;
	throw new Error('nobody agreed');
}

for (const [who, pages, enter] of [
	['a citizen', citizenPages, () => signInCitizen(server.base)],
	['an official', staffPages, () => signIn(server.base, 'all.r10_roads@demo.kz')],
	['an administrator', adminPages, () => signIn(server.base, 'admin.miicr@demo.kz')],
])
	test(`the pages of ${who} pass the same checks`, async () => {
		const c = await enter();
		const context = await browser.newContext({ locale: 'kk-KZ', viewport: { width: 1280, height: 900 } });
		await context.addCookies([...c.cookies].map(([name, value]) => ({ name, value, url: server.base })));
		const page = await context.newPage(), all = [], agreed = pages.some((p) => p.includes('AGREED')) && await firstAgreed(c);
		for (const where of pages) {
			await page.setViewportSize({ width: 1280, height: 900 });
			if (where === '/desk/FIRST') {
				await page.goto(server.base + '/desk');
				await page.goto(server.base + await page.getAttribute('table.queue a', 'href'));
			} else await page.goto(server.base + where.replace('AGREED', agreed));
			all.push(...await findings(page, where), ...await axeFindings(page, where));
			await page.setViewportSize({ width: 320, height: 640 });
			all.push(...await findings(page, `${where} at 320 px`));
		}
		assert.deepEqual(all, []);
		await context.close();
	});
