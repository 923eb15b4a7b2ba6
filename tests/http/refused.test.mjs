// A mailbox that stops taking letters: administrators see that letters come back, the person sees it on their own page, until one arrives again.
import test from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import { startServer, Client, signIn, until } from '../lib/server.mjs';

// A mail server that takes every letter, or refuses those to one address for good.
function mailServer() {
	const letters = [], state = { refuse: '' };
	const server = net.createServer((socket) => {
		let data = null, to = '', rest = '';
		socket.on('error', () => {});
		socket.write('220 mail.test ESMTP\r\n');
		socket.on('data', (chunk) => {
			rest += chunk.toString('latin1');
			for (let at; (at = rest.indexOf('\r\n')) >= 0;) {
				const line = rest.slice(0, at);
				rest = rest.slice(at + 2);
				if (data !== null) {
					if (line === '.') { letters.push({ to, text: data.replaceAll('=\r\n', '') }); data = null; socket.write('250 taken\r\n'); } else data += line + '\r\n';
				} else if (/^RCPT/i.test(line)) {
					to = line.match(/<(.*)>/)[1];
					socket.write(to === state.refuse ? `550 5.1.1 <${to}>: no such person\r\n` : '250 ok\r\n');
				} else if (/^DATA/i.test(line)) { data = ''; socket.write('354 go on\r\n'); }
				else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
				else socket.write('250 ok\r\n');
			}
		});
	});
	return { letters, state, server };
}

test('who does not get letters any more reads it in the cabinet, and administrators have a list without addresses', async () => {
	const mail = mailServer(), email = 'saule.b@example.kz';
	await new Promise((r) => mail.server.listen(0, '127.0.0.1', r));
	const server = await startServer({ demo: 20, settings: ['--mail-url', `smtp://127.0.0.1:${mail.server.address().port}`] });
	try {
		const c = new Client(server.base);
		await c.get('/sign-in');
		await c.post('/sign-in', { email }, '/sign-in');
		const letter = await until('the letter with the code', () => mail.letters.find((l) => l.to === email));
		await c.post('/sign-in/code', { email, code: letter.text.match(/: (\d{6})\./)[1] }, '/sign-in/code');
		assert.equal(c.url, '/me', c.text().slice(0, 300));
		const file = async () => {
			await c.get('/appeals/new');
			await c.post('/appeals/new', { text: 'На улице Абая большая яма, просим починить.', kind: 'message' });
			await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
			await c.post(c.url, { body: '10003', name: 'Сәуле Б.', email });
			assert.match(c.url, /^\/receipt\//, c.text().slice(0, 300));
		};
		const told = async (where) => { await c.get(where); return /Письма на этот адрес не доходят/.test(c.text()); };
		assert.equal(await told('/me'), false);
		mail.state.refuse = email;
		await file();
		await until('the page says so', () => told('/me'));
		assert.equal(await told('/me/all'), true);
		assert.equal(await told('/me/settings'), true);
		const admin = await signIn(server.base, 'admin.miicr@demo.kz');
		await admin.get('/admin/jobs');
		assert.match(admin.html, /href="\/admin\/letters"/);
		await admin.get('/admin/letters');
		assert.match(admin.text(), /s\*\*\*@example\.kz/);
		assert.doesNotMatch(admin.html, /saule/, 'neither the address nor what the other side said of it');
		assert.match((await admin.get(`/admin/letters?after=1`)).text(), /Возвращённых писем нет/);
		mail.state.refuse = '';
		await file();
		await until('a letter arrives', async () => !(await told('/me')));
		await admin.get('/admin/letters');
		assert.match(admin.text(), /s\*\*\*@example\.kz/, 'what came back stays in the list');
	} finally {
		mail.server.close();
		await server.stop();
	}
});
