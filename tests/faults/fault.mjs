// What the tests of faults share: a person who files an appeal in three pages, and what a refusal must look like.
import assert from 'node:assert/strict';
import { Client } from '../lib/server.mjs';

export const pause = (ms) => new Promise((r) => setTimeout(r, ms));
export const words = { kk: 'Абай көшесінде жолда үлкен шұңқыр бар, көліктер тротуармен жүреді.', ru: 'На улице Абая большая яма, машины объезжают её по тротуару.', en: 'There is a deep hole in Abai street, cars drive over the pavement.' };

// Stands before the last page with everything typed; post() sends it.
export async function beforeSending(base, lang, mark) {
	const c = new Client(base, lang), text = `${words[lang]} ${mark}`;
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text, kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	assert.match(c.url, /\/who$/, c.text().slice(0, 300));
	const where = c.url, page = c.html, fields = { body: '10003', name: `Айгүл ${mark}`, email: 'aigul@example.kz' };
	return { c, text, async post() { c.html = page; await c.post(where, fields); return c; } };
}

export const thanked = (c) => c.status === 200 && /^\/receipt\//.test(c.url);

// A clear page in the person's language that keeps what was typed and says nothing of success.
export function refusedKindly(c, lang, typed) {
	assert.equal(c.status, 503, c.text().slice(0, 300));
	assert.match(c.html, new RegExp(`<html lang="${lang}"`));
	assert.ok(c.response.headers.get('retry-after'), 'says when to come again');
	assert.ok(c.html.includes(typed), 'what was typed is on the page');
	assert.match(c.html, /<form method="post"/, 'it can be sent again from there');
	assert.ok(!/\/receipt\//.test(c.html), 'no word of a receipt');
}

// The page of a refusal has its own form: one press sends the same once more.
export function sendAgain(c) {
	const action = c.html.match(/<form method="post" action="([^"]+)"/)[1], body = new URLSearchParams();
	const form = c.html.slice(c.html.indexOf('<form method="post"'), c.html.indexOf('</form>', c.html.indexOf('<form method="post"')));
	const plain = (s) => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
	for (const [, name, value] of form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)) body.append(plain(name), plain(value));
	for (const [, name, value] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g)) body.append(plain(name), plain(value));
	return c.request(action, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
}

// Until it works: recovery needs nobody.
export async function untilThanked(c, tries = 40) {
	for (let i = 0; i < tries; i++) {
		await sendAgain(c);
		if (thanked(c)) return;
		assert.equal(c.status, 503, c.text().slice(0, 300));
		await pause(250);
	}
	assert.fail('did not recover');
}
