//! CSET's pictures, and the asset types that they stand for.

/// What joins lines and is no device.
pub(super) const CONNECTOR: &str = "Connector";
/// The picture of a machine with several services.
pub(super) const SEVERAL: &str = "multiple services component";

/// Pictures by their file names with blanks, what they are called, and an asset type.
const SYMBOLS: [(&str, &str, Option<&str>); 76] = [
    ("active directory", "Active Directory", Some("domain_controller")),
    ("application server", "Application server", Some("scada_server")),
    ("audio switch", "Audio switch", Some("switch")),
    ("building automation management systems", "Building automation", Some("bms_controller")),
    ("clock", "Clock", Some("time_server")),
    ("configuration server", "Configuration server", Some("asset_mgmt_server")),
    ("connector", CONNECTOR, None),
    ("database server", "Database server", Some("scada_server")),
    ("dcs", "DCS", Some("dcs_controller")),
    ("dispatch console", "Dispatch console", Some("operator_ws")),
    ("dns server", "DNS server", Some("domain_controller")),
    ("door access door control", "Door control", Some("camera")),
    ("electronic security system", "Electronic security system", Some("camera")),
    ("emergency medical service communications hardware", "Emergency communications", None),
    ("ethernet backhaul", "Ethernet backhaul", Some("router")),
    ("ews", "Engineering workstation", Some("engineering_ws")),
    ("firewall", "Firewall", Some("firewall")),
    ("front end processor", "Front end processor", Some("scada_server")),
    ("handheld wireless device", "Handheld wireless device", Some("vendor_laptop")),
    ("historian", "Historian", Some("historian")),
    ("hmi", "HMI", Some("hmi")),
    ("hub", "Hub", Some("switch")),
    ("ids", "IDS", Some("ot_ids")),
    ("ied", "IED", Some("ied")),
    ("imaging server", "Imaging server", Some("scada_server")),
    ("interactive television system", "Interactive television", None),
    ("ip camera", "IP camera", Some("camera")),
    ("ip phone", "IP phone", Some("office_pc")),
    ("ips", "IPS", Some("ot_ids")),
    ("link encryption", "Link encryption", Some("remote_access_gw")),
    ("mail server", "Mail server", Some("erp")),
    ("master site", "Master site", Some("scada_server")),
    ("microwave backhaul", "Microwave backhaul", Some("wireless_ap")),
    ("modem", "Modem", Some("cellular_modem")),
    ("mtu", "MTU", Some("scada_server")),
    ("multi protocol label switching", "MPLS", Some("router")),
    (SEVERAL, "Several services", Some("virtual_host")),
    ("network printer", "Network printer", Some("printer")),
    ("network scanner and copier", "Scanner and copier", Some("printer")),
    ("optical ring", "Optical ring", Some("switch")),
    ("partner", "Partner", Some("vendor_network")),
    ("pc", "PC", Some("office_pc")),
    ("plc", "PLC", Some("plc")),
    ("power over ethernet", "Power over Ethernet", Some("switch")),
    ("public kiosk", "Kiosk", Some("office_pc")),
    ("radio site", "Radio site", Some("wireless_ap")),
    ("relay panel", "Relay panel", Some("ied")),
    ("remote access server", "Remote access server", Some("remote_access_gw")),
    ("rfid transmitter", "RFID transmitter", Some("sensor")),
    ("router", "Router", Some("router")),
    ("rtu", "RTU", Some("rtu")),
    ("security information and event management system", "SIEM", Some("log_server")),
    ("serial radio", "Serial radio", Some("cellular_modem")),
    ("serial switch", "Serial switch", Some("serial_gateway")),
    ("server", "Server", Some("scada_server")),
    ("sis", "SIS", Some("sis_controller")),
    ("subscriber radio", "Subscriber radio", Some("cellular_modem")),
    ("switch", "Switch", Some("switch")),
    ("t1 backhaul", "T1 backhaul", Some("router")),
    ("tdm backhaul", "TDM backhaul", Some("router")),
    ("terminal server", "Terminal server", Some("serial_gateway")),
    ("unidirectional device", "Unidirectional device", Some("data_diode")),
    ("uninterruptible power supply", "Uninterruptible power supply", None),
    ("unknown", "Unknown", None),
    ("vendor", "Vendor", Some("vendor_network")),
    ("video teleconferencing equipment", "Video conference", Some("office_pc")),
    ("virtual machine server", "Virtual machine server", Some("virtual_host")),
    ("vlan router", "VLAN router", Some("router")),
    ("vlan switch", "VLAN switch", Some("switch")),
    ("vpn", "VPN", Some("remote_access_gw")),
    ("web", "Internet", Some("internet")),
    ("web server", "Web server", Some("scada_server")),
    ("windows update server", "Windows update server", Some("patch_av_server")),
    ("wireless modem", "Wireless modem", Some("cellular_modem")),
    ("wireless network", "Wireless network", Some("wireless_ap")),
    ("wireless router", "Wireless router", Some("wireless_ap")),
];

/// What a picture is called, and the asset type that it stands for, where one fits.
pub(super) fn named(picture: &str) -> (&str, Option<&'static str>) {
    let found = SYMBOLS.iter().find(|(known, ..)| *known == picture);
    found.map_or((picture, None), |&(_, name, kind)| (name, kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn every_picture_stands_for_a_type_that_there_is() {
        let types = Catalogue::embedded().asset_types();
        for (picture, _, kind) in SYMBOLS {
            assert!(kind.is_none_or(|kind| types.iter().any(|it| it.id == kind)), "{picture}");
        }
    }
}
