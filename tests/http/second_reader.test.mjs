// An answer is read a second time by somebody drawn by lot: each one here, one in ten elsewhere.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn } from '../lib/server.mjs';
import { countryWith } from '../lib/noon.mjs';

test('somebody who had no hand in an answer reads it, says what is not clear, and the writer reads that', async () => {
	const country = countryWith('standard.csv', (text) => text.replace(/^second_reader,\d+,/m, 'second_reader,1,'));
	const server = await startServer({ demo: 20, settings: country.settings });
	try {
		const c = new Client(server.base), answer = 'Яму у дома 77 на улице Абая засыпят до 12 декабря. Работу примет отдел дорог. Если яма останется, позвоните нам.';
		await c.get('/appeals/new');
		await c.post('/appeals/new', { text: 'Яма на улице Абая у дома 77, машины бьют колёса.\nКогда её засыплют?', kind: 'message' });
		await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
		await c.post(c.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz' });
		const desk = `/desk/${c.url.split('/')[2]}`, all = await signIn(server.base, 'all.r10_roads@demo.kz'), writer = await signIn(server.base, 'executor.r10_roads@demo.kz');
		await all.get(desk);
		await all.post(`${desk}/register`, { kind: 'message', topic: 'roads', points: 'Когда засыплют яму?' }, `${desk}/register`);
		const executor = all.html.match(/<select[^>]*name="executor"[^>]*><option value="(\d+)"/)[1];
		await all.post(`${desk}/resolve`, { executor, text: 'Ответьте' }, `${desk}/resolve`);
		await writer.get(desk);
		await writer.post(`${desk}/submit`, { decision: 'granted', text: answer }, `${desk}/save`);
		assert.equal(writer.status, 200, writer.text().slice(0, 600));
		await all.get(desk);
		for (const act of ['approve', 'sign']) await all.post(`${desk}/${act}`, {}, `${desk}/${act}`);
		assert.equal(all.status, 200, all.text().slice(0, 600));

		const mine = (who) => who.html.split('<section').find((s) => s.includes('у дома 77'))?.match(/action="(\/desk\/readings\/\d+)"/)?.[1];
		const others = await Promise.all(['controller', 'approver', 'registrar'].map((role) => signIn(server.base, `${role}.r10_roads@demo.kz`)));
		for (const who of [...others, writer, all]) await who.get('/desk/readings');
		assert.ok(!mine(writer) && !mine(all), 'not who wrote, approved or signed it');
		const drawn = others.filter(mine), [reader] = drawn;
		assert.equal(drawn.length, 1, 'one person');
		const act = mine(reader), words = 'Не сказано, кому звонить.', rest = others.find((who) => who !== reader);
		await rest.post(act, { verdict: 'clear', words: '' });
		assert.equal(rest.status, 404, 'nobody else');
		await reader.post(act, { words }, act);
		assert.equal(reader.status, 422, 'a verdict is needed');
		assert.ok(reader.html.includes(words), 'nothing typed is lost');
		await reader.post(act, { verdict: 'not_clear', words }, act);
		assert.equal(reader.status, 200, reader.text().slice(0, 300));
		assert.equal(mine(reader), undefined, 'read once');
		await c.get(c.url);
		await c.post(`/appeals/${desk.slice(6)}/rate/not_clear`, { sentence: '2' }, `/appeals/${desk.slice(6)}/rate/not_clear`);
		await writer.get(desk);
		assert.ok(writer.text().includes(words), 'the writer reads it when the answer comes back');
	} finally {
		await server.stop();
		country.end();
	}
});
