// Walks a site as one visitor: every kind of page a few times, every form once without a word typed, so that each form's page of errors is there.
import { Client } from './server.mjs';

const KIND_MAX = 3; // pages of one kind: "/appeals/:n/deadline"

const unescape = (s) => s.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>');

// What pages of one kind have in common.
export function kind(where) {
	const [path, query = ''] = where.split('?');
	const names = [...new URLSearchParams(query).keys()].sort().join('&');
	return path.split('/').map((s) => (/\d/.test(s) || s.length > 24 || /%/.test(s) ? ':n' : s)).join('/') + (names && `?${names}`);
}

// Every page with its way there. start: addresses to begin with; skip: what is not followed.
export async function crawl(client, start, { skip = /^\/(lang|sign-out|assets|api|open311)\b/, forms = true, most = 400, kindMax = KIND_MAX } = {}) {
	const seen = new Map(), kinds = new Map(), acts = new Set(), queue = start.map((where) => ({ where, depth: 0, from: '' }));
	const add = (where, page) => { seen.set(where, page); return page; };
	while (queue.length && seen.size < most) {
		const { where, depth, from } = queue.shift();
		if (seen.has(where)) continue;
		const k = kind(where);
		if (depth > 0 && (kinds.get(k) ?? 0) >= kindMax) continue;
		kinds.set(k, (kinds.get(k) ?? 0) + 1);
		await client.get(where);
		const type = client.response.headers.get('content-type') ?? '';
		const page = add(where, { where, depth, from, status: client.status, type, html: client.html, url: client.url });
		if (!type.startsWith('text/html')) continue;
		const forms_get = [...page.html.matchAll(/<form\b[^>]*>/g)].filter(([f]) => !f.includes('method="post"')).map(([f]) => [f, f.match(/action="([^"]*)"/)?.[1] ?? where]);
		for (const [, href] of [...page.html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g), ...forms_get]) {
			const to = unescape(href).split('#')[0];
			if (to.startsWith('/') && !skip.test(to)) queue.push({ where: to, depth: depth + 1, from: where });
		}
		if (forms)
			for (const form of page.html.matchAll(/<form\b[^>]*method="post"[^>]*>[\s\S]*?<\/form>/g)) {
				const action = unescape(form[0].match(/action="([^"]*)"/)?.[1] ?? client.url), act = kind(action);
				if (skip.test(action) || acts.has(act)) continue;
				acts.add(act);
				const fields = new URLSearchParams([...form[0].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, n, v]) => [n, unescape(v)]));
				await client.request(action, { method: 'POST', body: fields, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
				add(`POST ${action}`, { where: `POST ${action}`, depth, from: where, status: client.status, type: client.response.headers.get('content-type') ?? '',
					html: client.html, url: client.url });
			}
	}
	return [...seen.values()];
}

export { Client };
