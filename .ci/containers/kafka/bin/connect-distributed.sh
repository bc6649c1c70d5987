#!/bin/bash
exec java ${KAFKA_HEAP_OPTS:--Xms256M -Xmx2G} -Dlog4j2.configurationFile=/opt/kafka/config/log4j2.yaml $KAFKA_OPTS -cp '/opt/kafka/libs/*' org.apache.kafka.connect.cli.ConnectDistributed "$@"
