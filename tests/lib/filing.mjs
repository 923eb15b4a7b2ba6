// Files an appeal up to its last page, about water, in the place its words name; gives the name of its draft.
export async function startAppeal(c, text) {
	await c.get('/appeals/new');
	const body = new FormData();
	for (const [k, v] of [...c.hidden('/appeals/new'), ['text', text], ['kind', 'message']]) body.append(k, v);
	await c.request('/appeals/new', { method: 'POST', body });
	const at = c.url, [, draft] = at.match(/^\/appeals\/draft\/([^/]+)\/where$/);
	const place = c.html.match(/<input[^>]*name="place"[^>]*>/)[0].match(/value="(\d+)"/)[1];
	await c.post(at, { topic: 'water', place }, at);
	if (!c.url.endsWith('/who')) throw new Error(`the last page was not reached: ${c.url}`);
	return draft;
}
