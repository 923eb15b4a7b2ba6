// What belongs to another body: an official who holds every role elsewhere presses every button of the desk that exists, each with the number of an object of other
// bodies and all its fields filled in. Each is refused, and no row is written in this official's name. Routes, fields and acts are read from the sources: a new one is
// tried by itself, and fails here until it is said whose objects its address names.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn, dayFields } from '../lib/server.mjs';
import { ask } from '../lib/signing.mjs';
import { sources, routes } from '../lib/sources.mjs';

const THEIRS = 10004; // the official's own body, r10_utilities
let server;
test.before(async () => { server = await startServer({ demo: 60 }); });
test.after(async () => { await server?.stop(); });

const all = (pattern, slice) => sources.filter((s) => !s.file.endsWith('_test.c') && (!slice || s.slice === slice)).flatMap(({ text }) => [...text.matchAll(pattern)]);

// A value for every field of every form; a handler takes those it knows.
function everyField() {
	const fields = new URLSearchParams();
	const values = { F_TEXT: 'Сынақ үшін жазылған мәтін', F_LINES: 'Это проверочный текст, достаточно длинный, чтобы его приняли.', F_EMAIL: 'x@example.kz', F_PHONE: '+77012345678', F_ID: '1', F_BOOL: '1', F_NUMBER: '50' };
	for (const [, name, kind, min, rest] of all(/FIELD\(struct \w+, (\w+), (F_\w+), (-?\w+), ([^\n]*)/g)) {
		if (fields.has(name) || fields.has(`${name}-day`)) continue;
		if (kind === 'F_DAY') for (const [part, v] of Object.entries(dayFields(name, 20))) fields.set(part, v);
		else if (kind === 'F_INT') fields.set(name, Math.max(1, Number(min) || 1));
		else if (kind === 'F_CHOICE' || kind === 'F_MANY') fields.set(name, rest.match(/choices = "([^"|]*)/)?.[1] ?? '');
		else if (values[kind]) fields.set(name, /^(from|to)$/.test(name) ? (name === 'from' ? '10:00' : '11:00') : values[kind]);
	}
	fields.set('lines', `a${Date.now()}\tquestion\t0\tСұрақ жазылды`); // of the minutes, as a phone sends what it kept
	return fields;
}

const ids = (sql) => ask(server.database, sql).split('\n').filter(Boolean);
const some = (table, where = '1 = 1') => ids(`SELECT id FROM ${table} WHERE ${where} ORDER BY id LIMIT 2`);
const others = (table) => some(table, `body_id <> ${THEIRS}`);
const appeals = (state) => ids(`SELECT number FROM appeal WHERE state = '${state}' AND body_id <> ${THEIRS} AND first_body_id <> ${THEIRS} AND id NOT IN (SELECT appeal_id FROM assignment WHERE body_id = ${THEIRS}) LIMIT 2`);

// Whose objects stand where in an address: by its beginning, else by the part's name.
const objects = () => ({
	'/desk/:number': [...appeals('registered'), ...appeals('answered')], '/desk/meetings/:id': others('meeting'), '/desk/notices/:id': others('notice'), '/desk/petitions/:id': some('petition'),
	'/desk/plan/:id': others('measure'), '/desk/press/accreditations/:id': some('accreditation'), '/desk/press/briefings/:id': some('briefing'), '/desk/press/questions/:id': others('press_question'),
	'/desk/readings/:id': ['1'], '/desk/reports/:id': others('plan_report'), '/desk/words/:id': ['1'], '/admin/people/:id': ids(`SELECT MIN(account_id) FROM staff_role WHERE body_id <> ${THEIRS}`),
	'/admin/jobs/:id': some('job'), '/admin/clients/:id': ['1'], '/desk/reception/centres/:id': some('reception_centre'), '/desk/reception/days/:id': some('reception_day'),
	'/desk/reception/heads/:id': some('reception_head'), '/desk/reception/promises/:id': some('reception_act'), '/desk/reception/visits/:id': some('reception_visit'), ':ticket': some('reception_ticket'),
	':booking': some('reception_booking'), ':centre': some('reception_centre'), ':slot': some('reception_slot'), ':hours': some('reception_hours'), ':change': ['1'], ':job': ['1'], ':mailing': ['1'],
});

// Names of acts stand in tables of the slice: S("...") or S_INIT("...").
const acts = (slice) => [...new Set(all(/S(?:_INIT)?\("([a-z][a-z-]{2,20})"\)/g, slice).map((m) => m[1]))];

function addresses(route, slice, known) {
	let found = [''], beginning = '';
	for (const part of route.split('/').slice(1)) {
		beginning += `/${part}`;
		const here = !part.startsWith(':') ? [part] : part === ':act' ? acts(slice) : known[beginning] ?? known[part];
		assert.ok(here?.length, `${route}: no object for ${part}`);
		found = found.flatMap((f) => here.map((h) => `${f}/${h}`));
	}
	return found;
}

// Every table that says who did it.
function signed(account) {
	const columns = server.database.startsWith('postgresql:') ? "SELECT table_name FROM information_schema.columns WHERE column_name = 'account_id' AND table_schema = 'public'"
		: "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p ON p.name = 'account_id' WHERE m.type = 'table'";
	const tables = ids(columns).filter((t) => t !== 'session').sort();
	return ask(server.database, tables.map((t) => `SELECT '${t}', COUNT(*) FROM ${t} WHERE account_id = ${account}`).join(' UNION ALL '));
}

test('no button of the desk does anything to what is another body\'s', async () => {
	const me = await signIn(server.base, 'all.r10_utilities@demo.kz'), account = ask(server.database, "SELECT id FROM account WHERE email = 'all.r10_utilities@demo.kz'");
	await me.get('/desk');
	const fields = everyField(), known = objects(), before = signed(account), wrong = [];
	const headers = { cookie: [...me.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'content-type': 'application/x-www-form-urlencoded' };
	fields.set('_csrf', me.html.match(/name="_csrf" value="([^"]*)"/)[1]);
	// a ticket of another centre leads back to that centre's queue, which is closed to this official
	const allowed = { '/desk/reception/begin/:ticket': 303 };
	let tried = 0;
	for (const { slice, route } of routes.filter((r) => r.method === 'POST' && /^\/(?:desk|admin)\/.*:/.test(r.route)))
		for (const where of addresses(route, slice, known)) {
			fields.set('_key', `foreign-${tried++}-${Date.now()}`);
			const r = await fetch(server.base + where, { method: 'POST', redirect: 'manual', headers, body: fields });
			await r.arrayBuffer();
			if (r.status !== 403 && r.status !== 404 && r.status !== allowed[route]) wrong.push(`${where} (${route}): ${r.status}`);
		}
	console.log(`# ${tried} tries`);
	assert.deepEqual(wrong, []);
	assert.ok(tried > 300);
	assert.equal(signed(account), before);
});
