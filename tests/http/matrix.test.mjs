// Role x route x object, cell by cell, from tests/matrix.csv. OURS and THEIRS are appeals of two bodies, MEETING is one of the first; the stranger is an executor of the other one.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, signIn, signInCitizen, Client, root } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 20 }); });
test.after(async () => { await server?.stop(); });

async function file(body) {
	const r = await fetch(server.base + '/api/v1/appeals', { method: 'POST', body: JSON.stringify({ kind: 'message', text: 'В Семее на улице Абая яма на дороге.', topic: 'roads', place: 100000000, body,
		name: 'Иван Петров', email: 'ivan@example.kz' }) });
	return (await r.json()).number;
}

test('every cell of the matrix', async () => {
	const [head, ...rows] = readFileSync(path.join(root, 'tests/matrix.csv'), 'utf8').trim().split('\n').map((l) => l.split(','));
	const ours = await file(10003), theirs = await file(10004), who = { guest: new Client(server.base), citizen: await signInCitizen(server.base) };
	for (const role of head.slice(3).filter((r) => r !== 'stranger')) who[role] = await signIn(server.base, `${role}.r10_roads@demo.kz`);
	who.stranger = await signIn(server.base, 'executor.r10_utilities@demo.kz');
	const admin = await signIn(server.base, 'admin.r10_utilities@demo.kz');
	await admin.get('/admin/people');
	const stranger = admin.html.match(/\/admin\/people\/(\d+)/)[1];
	const soon = new Date(Date.now() + 20 * 86400e3);
	await who.head.get('/desk/meetings/new');
	await who.head.post('/desk/meetings/new', { place: '101000000', 'day-day': String(soon.getDate()), 'day-month': String(soon.getMonth() + 1), 'day-year': String(soon.getFullYear()), hour: '15', minute: '0',
		length: '90', lang: 'ru', speaker: 'Ерлан Беков', venue: 'Дом культуры', seats: '0', reserved: '0' }, '/desk/meetings/new');
	const meeting = who.head.url.match(/\/desk\/meetings\/(\d+)/)[1];
	const petition = (await (await fetch(server.base + '/petitions.json?state=open')).json()).data[0].id;
	const wrong = [];
	let cells = 0;
	for (const [route, ...expected] of rows) {
		const where = route.replace('OURS', ours).replace('THEIRS', theirs).replace('NONE', '26-0000-0000').replace('WRONG', '222222222222').replace('STRANGER', stranger).replace('PETITION', petition).replace('MEETING', meeting);
		for (let i = 0; i < expected.length; i++) {
			const c = who[head[i + 1]];
			const r = await fetch(server.base + where, { redirect: 'manual', headers: { cookie: [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
			await r.arrayBuffer();
			cells++;
			if (String(r.status) !== expected[i]) wrong.push(`${head[i + 1]} ${route}: ${r.status}, should be ${expected[i]}`);
		}
	}
	console.log(`# ${cells} cells`);
	assert.deepEqual(wrong, []);
});
