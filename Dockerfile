# The operator's image, of what `make build` leaves in operator/target/dist. The chart runs it as this user, with a root file
# system that cannot be written to. A start with the cache of `make aot` is faster, if that was recorded with this very JRE.
FROM eclipse-temurin:25-jre
COPY operator/target/dist /opt/shedmaster
USER 65532:65532
ENTRYPOINT ["/opt/shedmaster/bin/shedmaster"]
CMD ["--help"]
