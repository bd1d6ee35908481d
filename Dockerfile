# The operator's image. `make image` builds it, of what `make build` leaves in operator/target/dist and of what
# scripts/recording-kit.sh gathers. The chart runs it as this user, with a root file system that cannot be written to.
FROM eclipse-temurin:25-jre AS operator
COPY operator/target/dist /opt/shedmaster

# An AOT cache holds for the JVM that recorded it, and for these very jars: so the operator runs once in here, against a control
# plane. The file system in memory is etcd's.
FROM operator AS recording
RUN --mount=type=bind,source=operator/target/recording,target=/recording --mount=type=tmpfs,target=/dev/shm \
    /recording/scripts/record-with-kit.sh /opt/shedmaster /tmp/shedmaster.aot

FROM operator
COPY --from=recording /tmp/shedmaster.aot /opt/shedmaster/shedmaster.aot
# At a start, a cache that does not fit is passed over without a word. Here it is an error.
RUN JAVA_OPTS=-XX:AOTMode=on /opt/shedmaster/bin/shedmaster --version
USER 65532:65532
ENTRYPOINT ["/opt/shedmaster/bin/shedmaster"]
CMD ["--help"]
