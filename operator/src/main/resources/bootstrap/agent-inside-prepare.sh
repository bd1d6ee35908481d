#!/bin/sh
# Runs before the agent, as root. Whatever keeps this worker from working is said here, in one line.
set -eu

fail() {
    echo "shedmaster: $*" >&2
    exit 1
}

. /run/shedmaster/agent.env

if [ "$SHEDMASTER_KVM" = required ] && ! [ -c /dev/kvm ]; then
    fail "the pool requires KVM and this container has no /dev/kvm: the host has none, or it is switched off in its firmware"
fi
[ -x /usr/bin/java ] || fail "there is no /usr/bin/java: take an image that has one"
command -v curl > /dev/null || fail "there is no curl: take an image that has it"

id jenkins > /dev/null 2>&1 || useradd --create-home --shell /bin/bash jenkins || fail "there is no user jenkins, and none can be made"
# One container serves one zone and is thrown away, so its jobs may be its masters. A device has the group that the host
# gives it, by its number.
[ ! -d /etc/sudoers.d ] || echo "jenkins ALL=(ALL) NOPASSWD:ALL" > /etc/sudoers.d/shedmaster
! getent group docker > /dev/null || usermod --append --groups docker jenkins
if [ -c /dev/kvm ]; then
    group=$(stat -c %g /dev/kvm)
    getent group "$group" > /dev/null || groupadd --gid "$group" host-kvm
    usermod --append --groups "$group" jenkins
fi

mkdir -p /run/shedmaster-agent
(umask 077 && printf %s "$JENKINS_SECRET" > /run/shedmaster-agent/secret)
chown jenkins /run/shedmaster-agent/secret
mkdir -p "$JENKINS_AGENT_WORKDIR"
chown jenkins: "$JENKINS_AGENT_WORKDIR"
#{#caBundle}

# Jenkins' certificates are trusted beside those that are trusted anyway.
mkdir -p /run/shedmaster-agent/trust
cat > /run/shedmaster-agent/trust/jenkins-ca.pem << 'END'
#{caBundle}
END
cat > /run/shedmaster-agent/trust/make << 'END'
#{agentTrust}
END
sh /run/shedmaster-agent/trust/make /usr/bin/java ||
    fail "no trust store for the agent can be made of Java's own and the JenkinsServer's spec.caBundle"
for certificates in /etc/ssl/certs/ca-certificates.crt /run/shedmaster-agent/trust/jenkins-ca.pem; do
    [ ! -e "$certificates" ] || cat "$certificates"
done > /run/shedmaster-agent/trust/curl.pem
export CURL_CA_BUNDLE=/run/shedmaster-agent/trust/curl.pem
#{/caBundle}

# Jenkins gives out the agent that fits it. A proxy's error page comes with status 200 at times, so it is tried out.
curl --fail --silent --show-error --retry 10 --retry-connrefused --max-time 120 \
    --output /run/shedmaster-agent/agent.jar "${JENKINS_URL%/}/jnlpJars/agent.jar" ||
    fail "the agent cannot be fetched from ${JENKINS_URL%/}/jnlpJars/agent.jar"
/usr/bin/java -jar /run/shedmaster-agent/agent.jar -version > /dev/null ||
    fail "what ${JENKINS_URL%/}/jnlpJars/agent.jar gave is no agent that $(/usr/bin/java -version 2>&1 | head -n 1) can run"
