#!/bin/sh
# Makes the trust store of the agent: what its Java trusts by itself, and Jenkins' own certificates. Runs where this Java
# is, on the machine or in a container of the agent's image; the argument is the program, else it is the image's.
set -eu

java=${1:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
cd "$(dirname "$0")"
cp -L "$home/lib/security/cacerts" store
chmod 644 store

number=0
while IFS= read -r line; do
    case $line in
        -----BEGIN*) number=$((number + 1)) && : > certificate ;;
    esac
    printf '%s\n' "$line" >> certificate
    case $line in
        -----END*)
            # Says what it did even if all is well.
            said=$("$home/bin/keytool" -importcert -noprompt -alias "shedmaster-$number" -file certificate \
                -keystore store -storepass changeit < /dev/null 2>&1) || {
                echo "$said" >&2
                exit 1
            }
            ;;
    esac
done < jenkins-ca.pem

# For a container, whose image may have options of its own for the agent's Java.
echo "JENKINS_JAVA_OPTS=${JENKINS_JAVA_OPTS:-${JAVA_OPTS-}} -Djavax.net.ssl.trustStore=$PWD/store" > agent.env
