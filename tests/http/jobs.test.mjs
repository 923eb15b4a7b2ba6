// Jobs that wait for others, and those that must not: counts go on while a mail server is silent.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, Client, signIn, signInCitizen, until } from '../lib/server.mjs';

test('a mail server that says nothing does not hold up the counts of petitions', async () => {
	const held = [], silent = net.createServer((socket) => { held.push(socket); socket.on('error', () => {}); });
	await new Promise((r) => silent.listen(0, '127.0.0.1', r));
	const server = await startServer({ demo: 20, settings: ['--mail-url', `smtp://127.0.0.1:${silent.address().port}`] });
	try {
		const visitor = new Client(server.base);
		await visitor.get('/sign-in');
		await visitor.post('/sign-in', { email: 'silent@example.kz' });
		await until('the letter is on its way', () => held.length);
		const { data } = await (await fetch(`${server.base}/petitions.json?state=open`)).json(), id = data[0].id;
		const count = async () => (await (await fetch(`${server.base}/petitions/${id}/count.json`)).json()).signature_count, before = await count();
		const citizen = await signInCitizen(server.base);
		await citizen.get(`/petitions/${id}/sign`);
		await citizen.post(`/petitions/${id}/sign`, { region: '100000000', district: '' }, `/petitions/${id}/sign`);
		assert.equal(citizen.status, 200, citizen.text().slice(0, 300));
		await until('the signature is counted', async () => await count() > before);
		assert.ok(!held[0].readableEnded && !held[0].destroyed, 'the letter still waits');
	} finally {
		for (const socket of held) socket.destroy();
		silent.close();
		silent.on('connection', (socket) => socket.destroy());
		await server.stop();
	}
});

test('what a process had in hand when it was killed is done by the next one at once', { skip: process.env.JAUAP_ENGINE === 'postgres' && 'the data folder is all that the next process gets' }, async () => {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-test-')), held = [], silent = net.createServer((socket) => { held.push(socket); socket.on('error', () => {}); });
	writeFileSync(path.join(dir, 'demo'), '');
	await new Promise((r) => silent.listen(0, '127.0.0.1', r));
	try {
		const first = await startServer({ data: dir, settings: ['--mail-url', `smtp://127.0.0.1:${silent.address().port}`] });
		const visitor = new Client(first.base);
		await visitor.get('/sign-in');
		await visitor.post('/sign-in', { email: 'killed@example.kz' });
		await until('the letter is in hand', () => held.length);
		await first.kill();
		const second = await startServer({ data: dir }); // letters land in a folder
		try {
			await until('the letter is sent', async () => /killed@example\.kz .* отправлено/.test((await new Client(second.base).get('/demo/mail')).text()));
		} finally { await second.stop(); }
	} finally {
		for (const socket of held) socket.destroy();
		silent.close();
		rmSync(dir, { recursive: true, force: true });
	}
});

test('a house in which nothing happens leaves the disk alone', { skip: process.env.JAUAP_ENGINE === 'postgres' && 'it counts transactions that wrote nothing, too' }, async () => {
	const server = await startServer({ demo: 20 });
	try {
		const count = async (name) => Number((await (await fetch(server.base + '/metrics')).text()).match(new RegExp(`^jauap_db_${name}_total (\\d+)`, 'm'))[1]);
		const during = async (ms) => {
			const before = [await count('commits'), await count('works')];
			await new Promise((r) => setTimeout(r, ms));
			return { commits: await count('commits') - before[0], works: await count('works') - before[1] };
		};
		await until('the first jobs after a start are done', async () => (await during(1000)).commits === 0);
		const quiet = await during(4000);
		assert.ok(quiet.works > 20, `${quiet.works}: counts are looked after five times a second`);
		// each repeating job is written down once a minute, all of them perhaps in these seconds; it was sixteen commits a second
		const repeating = Number(sql(server, "SELECT COUNT(*) FROM job WHERE dedup LIKE 'every %'"));
		assert.ok(repeating < 50 && quiet.commits <= repeating + 5, `${quiet.commits} commits of ${repeating} jobs`);
	} finally { await server.stop(); }
});

// Past the program, on its database.
function sql(server, text) {
	const at = server.settings.indexOf('--database');
	if (at >= 0) return execFileSync('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-d', server.settings[at + 1], '-c', text]);
	return execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(server.dir, 'jauap.db'), text]);
}

test('counting that stands still for more than five minutes is a number, an error in the log and words for administrators', async () => {
	const first = await startServer({ demo: 20 }), lag = async (server) => Number((await (await fetch(`${server.base}/metrics`)).text()).match(/^jauap_petition_count_lag_seconds (\d+)$/m)[1]);
	await until('what the demonstration signed is counted', async () => await lag(first) === 0);
	await first.kill();
	sql(first, "UPDATE job SET due_at = 9000000000000000 WHERE dedup = 'every petition.fold'");
	const server = await startServer({ data: first.dir, settings: first.settings });
	const admin = await signIn(server.base, 'all.miicr@demo.kz'), page = async () => (await admin.get('/admin/jobs')).text();
	try {
		const { data } = await (await fetch(`${server.base}/petitions.json?state=open`)).json(), citizen = await signInCitizen(server.base);
		await citizen.get(`/petitions/${data[0].id}/sign`);
		await citizen.post(`/petitions/${data[0].id}/sign`, { region: '100000000', district: '' }, `/petitions/${data[0].id}/sign`);
		assert.equal(citizen.status, 200, citizen.text().slice(0, 300));
		assert.ok(await lag(server) < 300);
		assert.doesNotMatch(await page(), /не подсчитываются/);
		sql(server, 'UPDATE petition_signature SET signed_at = signed_at - 660000000 WHERE id > (SELECT signature FROM petition_mark WHERE id = 1)');
		assert.ok(await lag(server) >= 600);
		assert.match(await page(), /не подсчитываются уже 1[0-2] мин/);
		await until('the log tells', () => {
			sql(server, "UPDATE job SET due_at = 0 WHERE dedup = 'every petition.lag'");
			return /"level":"error","what":"petition counts are behind","seconds":6\d\d/.test(server.log());
		});
		sql(server, "UPDATE job SET due_at = 0 WHERE dedup = 'every petition.fold'");
		await until('all are counted', async () => await lag(server) === 0);
		assert.doesNotMatch(await page(), /не подсчитываются/);
	} finally {
		await server.stop();
		rmSync(first.dir, { recursive: true, force: true });
	}
});

test('a job that was given up is tried again by an administrator and by nobody else', async () => {
	const server = await startServer({ demo: 20 });
	try {
		const now = Date.now() * 1000;
		sql(server, `INSERT INTO mail (id, address, lang, subject, body_text, body_html, made_at) VALUES (71, 'again@example.kz', 'ru', 'Второй раз', 'Текст', 'Текст', ${now})`);
		sql(server, `INSERT INTO job (id, kind, payload, state, due_at, attempts, last_error, made_at) VALUES (72, 'mail.send', '71', 'failed', ${now}, 20, 'smtp 421', ${now})`);
		const admin = await signIn(server.base, 'admin.miicr@demo.kz'), executor = await signIn(server.base, 'executor.r10_roads@demo.kz');
		await executor.get('/me/settings');
		await executor.post('/admin/jobs/72/again', {}, '/me/settings');
		assert.equal(executor.status, 403);
		await admin.get('/admin/jobs');
		assert.match(admin.text(), /smtp 421/);
		await admin.post('/admin/jobs/72/again', {}, '/admin/jobs/72/again');
		assert.equal(admin.url, '/admin/jobs');
		assert.doesNotMatch(admin.text(), /smtp 421/);
		const letter = () => new Client(server.base).get('/demo/mail/71');
		await until('the letter leaves', async () => /отправлено|доставлено|принято/i.test((await letter()).text()));
	} finally { await server.stop(); }
});
