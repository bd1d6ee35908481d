#!/bin/sh
# Runs before the agent. Whatever keeps this worker from working is said here, in one line.
set -eu

fail() {
    echo "shedmaster: $*" >&2
    exit 1
}

. /etc/shedmaster/agent.env

if [ "$SHEDMASTER_KVM" = required ] && ! [ -c /dev/kvm ]; then
    fail "the pool requires KVM and this machine has no /dev/kvm: its size has no nested virtualisation, or it is switched off"
fi

# The image's user must be able to read its secret and to reach Docker.
mkdir -p /run/shedmaster
(umask 077 && printf %s "$JENKINS_SECRET" > /run/shedmaster/secret)
chown 1000 /run/shedmaster/secret
chown root:1000 /var/run/docker.sock

try=1
until /usr/bin/docker image inspect "$SHEDMASTER_AGENT_IMAGE" > /dev/null 2>&1 ||
    /usr/bin/docker pull --quiet "$SHEDMASTER_AGENT_IMAGE"; do
    [ "$try" -lt 5 ] || fail "the agent's image $SHEDMASTER_AGENT_IMAGE cannot be pulled: is there a way out of the subnet?"
    sleep $((try * 5))
    try=$((try + 1))
done
#{#caBundle}

# Jenkins' certificates are trusted beside those that are trusted anyway.
mkdir -p /run/shedmaster/trust
cat > /run/shedmaster/trust/jenkins-ca.pem << 'END'
#{caBundle}
END
cat > /run/shedmaster/trust/make << 'END'
#{agentTrust}
END
/usr/bin/docker run --rm --user 0 --entrypoint sh --volume /run/shedmaster/trust:/run/shedmaster/trust \
    "$SHEDMASTER_AGENT_IMAGE" /run/shedmaster/trust/make ||
    fail "no trust store for the agent can be made of $SHEDMASTER_AGENT_IMAGE's own and the JenkinsServer's spec.caBundle"
#{/caBundle}
