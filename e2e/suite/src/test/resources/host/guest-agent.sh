#!/bin/sh
# An agent that speaks as the lab's do: the real handshake of a WebSocket, then messages of JSON. Its builds try each
# "ADDRESS PORT" in /etc/shedmaster/targets, and the SSH server at the other end of its cable, and say on the console who
# could be reached.
set -u

value() { sed -n "s/^$1=//p" /etc/shedmaster/agent.env | tr -d "\"'"; }

address=$(value JENKINS_URL)
address=${address#http://}
address=${address%%/*}

# A text frame. What a client sends is masked, here by zeros; none is longer than 125 bytes.
send() {
	printf "\\201\\$(printf %o $((128 + ${#1})))\\0\\0\\0\\0%s" "$1" >&3
}

try() {
	gateway=$(ip route | sed -n 's/^default via \([^ ]*\).*/\1/p')
	echo "$gateway 22" | cat /etc/shedmaster/targets - | while read -r target; do
		# shellcheck disable=SC2086 # an address and a port
		if nc -w 3 $target </dev/null >/dev/null 2>&1; then
			echo "TARGET $target reached"
		else
			echo "TARGET $target not"
		fi
	done
}

# A build of that number, for so many milliseconds at least.
build() {
	echo "JOB $1 begins"
	send "{\"type\":\"started\",\"build\":$1}"
	try
	sleep $(($2 / 1000))
	send "{\"type\":\"done\",\"build\":$1,\"result\":\"SUCCESS\"}"
	echo "JOB $1 is done"
}

number() { echo "$1" | sed "s/.*\"$2\":\([0-9]*\).*/\1/"; }

mkfifo /tmp/out
exec 3<>/tmp/out
printf '%s\r\n' "GET /wsagents/ HTTP/1.1" "Host: $address" "Upgrade: websocket" "Connection: Upgrade" \
	"Sec-WebSocket-Version: 13" "Sec-WebSocket-Key: c2hlZG1hc3RlcidzIGxhYg==" \
	"Node-Name: $(value JENKINS_AGENT_NAME)" "Secret-Key: $(value JENKINS_SECRET)" \
	"X-Remoting-Capability: rO0ABXNyABpodWRzb24ucmVtb3RpbmcuQ2FwYWJpbGl0eQAAAAAAAAABAgABSgAEbWFza3hwAAAAAAAAAf4=" "" >&3
# Each message is one object, and nothing else has a closing bracket.
nc "${address%:*}" "${address##*:}" <&3 3>&- | tr '}' '\n' | while read -r message; do
	case $message in
		"HTTP/1.1 101"*) send '{"type":"hello","builds":[]}' ;;
		*'"type":"ping"'*) send '{"type":"pong"}' ;;
		# Aside: a controller gives up an agent that says nothing meanwhile.
		*'"type":"run"'*) build "$(number "$message" build)" "$(number "$message" durationMs)" & ;;
	esac
done
