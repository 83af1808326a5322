//! Names of columns, in English, German, French, Spanish and Italian: without accents,
//! blanks and signs; of each field the plainest first.

use super::field::Field;

/// Names of columns that say a field.
pub(super) fn of(field: Field) -> impl Iterator<Item = &'static str> {
    text_of(field).split_ascii_whitespace()
}

const fn text_of(field: Field) -> &'static str {
    match field {
        Field::Tag => {
            "tag assettag assetid assetno assetnr assetnumber equipmenttag equipmentid equipmentno deviceid \
             devicetag tagnumber tagno inventoryid inventorynumber ciid kennzeichen anlagenkennzeichen \
             betriebsmittelkennzeichen bmk akz aks kks tagnummer inventarnummer inventarnr gerateid geratenummer \
             anlagennummer repere etiqueta codice sigla codigo equipmentnumber id nr no"
        }
        Field::Name => {
            "name hostname host devicename assetname equipmentname computername systemname fqdn displayname label \
             title item asset device equipment bezeichnung geratename anlage gerat rechnername benennung \
             systembezeichnung designation libelle nom nome nombre denominazione denominacion nomequipement \
             appareil component komponente"
        }
        Field::Type => {
            "type devicetype assettype assetclass class category kind devicerole role function devicecategory \
             equipmenttype componenttype typ geratetyp gerateart art kategorie klasse funktion rolle \
             assetkategorie komponententyp categorie categoria tipo typeequipement tipodispositivo fonction \
             funzione devicefamily subtype"
        }
        Field::Zone => {
            "zone zonetag zonename securityzone networkzone zoneid virtualzone zones networksegment segment \
             network cell area subnetname vlanname netzsegment netzwerk netz sicherheitszone netzzone zelle \
             bereich zelleberich netzwerksegment netzbereich zona reseau rete redes segmento subnetz networkname"
        }
        Field::Purdue => "purdue purduelevel level purdueebene ebene isalevel isa95level networklevel",
        Field::Address => {
            "address ip ipaddress ipaddresses ipaddr ipv4 ipv6 ipv4address ipv6address addresses networkaddress \
             mac macaddress macaddr mgmtip managementip ipadresse ipadressen adresse macadresse netzwerkadresse \
             adresseip adressesip direccionip indirizzoip enderecoip adressemac direccionmac indirizzomac \
             primaryip hardwareaddress ethernetaddress"
        }
        Field::Vendor => {
            "vendor manufacturer maker make brand oem vendorname manufacturername supplier hersteller fabrikat \
             lieferant marke fabricant fabricante produttore costruttore fournisseur fornitore proveedor marque \
             marca herstellername"
        }
        Field::Model => {
            "model modelname modelnumber modelno product productname producttype partnumber partno ordernumber \
             mlfb hardware hardwaremodel modell produkt artikelnummer bestellnummer typenbezeichnung \
             modellbezeichnung modele modelo modello devicemodel"
        }
        Field::Version => {
            "version firmware firmwareversion fwversion fw softwareversion swversion software os osversion \
             operatingsystem release revision firmwarestand softwarestand betriebssystem versionsstand osname \
             versionlogicielle versionfirmware micrologiciel versione osfirmware"
        }
        Field::Supported => {
            "supported vendorsupport support supportstatus lifecyclestatus lifecycle undersupport unterstutzt \
             herstellersupport lebenszyklus supportet maintained"
        }
        Field::Owner => {
            "owner assetowner responsible responsibleperson custodian department team systemowner verantwortlich \
             verantwortlicher eigentumer betreiber abteilung zustandig responsable responsabile proprietaire \
             propietario proprietario besitzer"
        }
        Field::Criticality => {
            "criticality critical criticalityrating importance businesscriticality assetcriticality priority \
             impact kritikalitat wichtigkeit criticite criticidad criticita importancia schutzbedarf prioritat"
        }
        Field::Temporary => "temporary temporarilyconnected temporar zeitweise",
        Field::Wireless => "wireless wifi wlan radio funk drahtlos",
        Field::External => "external remote offsite extern",
        Field::Notes => {
            "notes note comment comments remark remarks description details serial serialnumber serialno sn \
             location room building site cabinet rack openports ports protocols services lastseen installdate \
             commentaire remarque emplacement lieu numerodeserie numserie observaciones ubicacion numerodiserie \
             numeroserie posizione inbetriebnahme baujahr einbaudatum commissioned commissioningdate \
             yearofinstallation warrantyend endofsupport endoflife bemerkung bemerkungen kommentar notiz notizen \
             beschreibung seriennummer seriennr standort ort raum gebaude schrank schaltschrank einbauort \
             protokolle vlan vlanid subnet subnetmask gateway defaultgateway switch switchport port"
        }
    }
}
