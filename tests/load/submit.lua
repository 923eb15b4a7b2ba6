-- Files appeals over the interface, each with a key of its own.
local n, run = 0, tostring(os.time()) .. tostring({}):gsub('%W', '')
wrk.method = 'POST'
wrk.headers['content-type'] = 'application/json'
request = function()
	n = n + 1
	wrk.headers['idempotency-key'] = 'bench-' .. run .. '-' .. n
	return wrk.format(nil, '/api/v1/appeals', nil, '{"kind":"message","text":"На улице Абая, 15 третий день нет света, ночью темно и страшно ходить. '
		.. 'Просим починить фонари, запись ' .. n .. '.","topic":"lighting","place":100000000,"name":"Иван Петров","email":"ivan@example.kz"}')
end
