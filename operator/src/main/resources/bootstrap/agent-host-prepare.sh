#!/bin/sh
# Runs before the agent, as root. Whatever keeps this worker from working is said here, in one line.
set -eu

fail() {
    echo "shedmaster: $*" >&2
    exit 1
}

. /etc/shedmaster/agent.env

if [ "$SHEDMASTER_KVM" = required ] && ! [ -c /dev/kvm ]; then
    fail "the pool requires KVM and this machine has no /dev/kvm: its size has no nested virtualisation, or it is switched off"
fi
[ -x /usr/bin/java ] || fail "there is no /usr/bin/java: the image has none and none could be installed"

mkdir -p /run/shedmaster
(umask 077 && printf %s "$JENKINS_SECRET" > /run/shedmaster/secret)
chown jenkins /run/shedmaster/secret
mkdir -p "$JENKINS_AGENT_WORKDIR"
chown jenkins: "$JENKINS_AGENT_WORKDIR"
#{#caBundle}

# Jenkins' certificates are trusted beside those that are trusted anyway.
mkdir -p /run/shedmaster/trust
cat > /run/shedmaster/trust/jenkins-ca.pem << 'END'
#{caBundle}
END
cat > /run/shedmaster/trust/make << 'END'
#{agentTrust}
END
sh /run/shedmaster/trust/make /usr/bin/java ||
    fail "no trust store for the agent can be made of Java's own and the JenkinsServer's spec.caBundle"
for certificates in /etc/ssl/certs/ca-certificates.crt /run/shedmaster/trust/jenkins-ca.pem; do
    [ ! -e "$certificates" ] || cat "$certificates"
done > /run/shedmaster/trust/curl.pem
export CURL_CA_BUNDLE=/run/shedmaster/trust/curl.pem
#{/caBundle}

# Jenkins gives out the agent that fits it. A proxy's error page comes with status 200 at times, so it is tried out.
curl --fail --silent --show-error --retry 10 --retry-connrefused --max-time 120 \
    --output /run/shedmaster/agent.jar "${JENKINS_URL%/}/jnlpJars/agent.jar" ||
    fail "the agent cannot be fetched from ${JENKINS_URL%/}/jnlpJars/agent.jar"
/usr/bin/java -jar /run/shedmaster/agent.jar -version > /dev/null ||
    fail "what ${JENKINS_URL%/}/jnlpJars/agent.jar gave is no agent that $(/usr/bin/java -version 2>&1 | head -n 1) can run"
