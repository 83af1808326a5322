"""Facts of the standards and of protocols that the numbers rest on, copied from public tables."""

# Every requirement of IEC 62443-3-3: an SR, the gate of the SR, then the gates of its REs.
GATES = """
1.1:1234 1.2:23 1.3:13 1.4:1 1.5:13 1.6:12 1.7:134 1.8:2 1.9:23 1.10:1 1.11:1 1.12:1 1.13:12
2.1:12234 2.2:13 2.3:13 2.4:13 2.5:1 2.6:2 2.7:3 2.8:13 2.9:13 2.10:1 2.11:234 2.12:34
3.1:13 3.2:123 3.3:134 3.4:23 3.5:1 3.6:1 3.7:2 3.8:2334 3.9:24
4.1:124 4.2:23 4.3:1
5.1:1234 5.2:1233 5.3:13 5.4:1
6.1:13 6.2:2
7.1:123 7.2:1 7.3:123 7.4:1 7.5:1 7.6:13 7.7:1 7.8:2
"""
# The SRs a conduit is not assessed against, unless the project says otherwise.
NOT_OF_CONDUITS = {"SR 1.10", "SR 2.3", "SR 2.4", "SR 2.5", "SR 2.12", "SR 3.5", "SR 3.6", "SR 5.4"}
# Protocols that have no authentication of their own, by id and by name.
UNAUTHENTICATED = dict(line.split(" ", 1) for line in """
modbus_tcp Modbus/TCP
modbus_rtu Modbus RTU (serial)
iec101 IEC 60870-5-101 (serial)
iec104 IEC 60870-5-104
ethernet_ip EtherNet/IP (CIP)
profinet PROFINET IO
profinet_dcp PROFINET DCP
ethercat EtherCAT
powerlink Ethernet POWERLINK
profibus PROFIBUS DP/PA (serial)
hart HART (4-20 mA overlay)
ff_hse Foundation Fieldbus HSE
bacnet_ip BACnet/IP
knxnet_ip KNXnet/IP
goose IEC 61850 GOOSE
sampled_values IEC 61850 Sampled Values
iccp ICCP / TASE.2
c37_118 IEEE C37.118 synchrophasor
omron_fins Omron FINS
melsec Mitsubishi MELSEC (MC protocol / SLMP)
codesys_v2 CODESYS V2 runtime
ge_srtp GE SRTP
pcworx Phoenix Contact PC Worx
tristation TriStation (SIS engineering)
coap CoAP
tftp TFTP
ptp PTP (IEEE 1588)
syslog Syslog
dns DNS
dhcp DHCP
icmp ICMP
lldp LLDP
dicom DICOM (medical images)
hl7_mllp HL7 v2 (MLLP)
rasta RaSTA (railway signalling)
""".strip().splitlines())
# The points of Article 21(2) of Directive (EU) 2022/2555, with the requirements that serve each.
NIS2 = {
    "a": "7.8",
    "b": "2.8, 2.9, 2.10, 2.11, 2.12, 3.9, 6.1, 6.2",
    "c": "3.6, 5.2 RE 2, 7.1, 7.2, 7.3, 7.3 RE 1, 7.3 RE 2, 7.4, 7.5",
    "d": "1.13, 1.13 RE 1, 2.6",
    "e": "3.2, 3.3, 3.4, 3.5, 3.7, 5.1, 5.2, 7.6, 7.7, 7.8",
    "f": "3.3, 3.3 RE 1, 6.2",
    "g": "1.7, 2.3, 2.4, 2.5, 3.2, 7.7",
    "h": "1.8, 1.9, 3.1 RE 1, 4.1, 4.1 RE 1, 4.1 RE 2, 4.3",
    "i": "1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.11, 2.1, 2.1 RE 1, 2.1 RE 2, 2.2, 2.3, 4.2, 7.8",
    "j": "1.1 RE 2, 1.1 RE 3, 1.13, 3.1, 4.1, 5.3",
}
