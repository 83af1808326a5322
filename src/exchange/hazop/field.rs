//! What a column of a HAZOP or PHA worksheet may say.

use serde::{Deserialize, Serialize};

use crate::exchange::assets::plain;

/// What a column says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Field {
    /// The part of the plant that is looked at.
    Node,
    /// The row's own number.
    Reference,
    /// What deviates from what was intended; guide word and parameter add up.
    Deviation,
    /// What brings it about.
    Cause,
    /// What comes of it.
    Consequence,
    /// What stands against it.
    Safeguards,
    /// How bad, in the category that the row says.
    Severity,
    /// The category of the severity.
    Category,
    /// How bad for people.
    Safety,
    /// How bad for the environment.
    Environment,
    /// How bad for the plant's work.
    Operations,
    /// How bad in money.
    Finance,
    /// How bad for the standing.
    Reputation,
    /// How bad for the service to the public.
    PublicService,
    /// How likely.
    Likelihood,
    /// The rank that the study gave it.
    Rank,
    /// Tags of equipment.
    Equipment,
    /// Tag or name of the zone.
    Zone,
    /// What the study recommends.
    Recommendation,
    /// Anything else worth keeping; goes to the text with the column's name.
    Notes,
}

impl Field {
    /// All fields in the order of the menu.
    pub const ALL: [Self; 20] = [
        Self::Node,
        Self::Reference,
        Self::Deviation,
        Self::Cause,
        Self::Consequence,
        Self::Safeguards,
        Self::Severity,
        Self::Category,
        Self::Safety,
        Self::Environment,
        Self::Operations,
        Self::Finance,
        Self::Reputation,
        Self::PublicService,
        Self::Likelihood,
        Self::Rank,
        Self::Equipment,
        Self::Zone,
        Self::Recommendation,
        Self::Notes,
    ];

    /// What people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Node => "node",
            Self::Reference => "row number",
            Self::Deviation => "deviation",
            Self::Cause => "cause",
            Self::Consequence => "consequence",
            Self::Safeguards => "safeguards",
            Self::Severity => "severity",
            Self::Category => "category",
            Self::Safety => "safety severity",
            Self::Environment => "environment severity",
            Self::Operations => "operations severity",
            Self::Finance => "finance severity",
            Self::Reputation => "reputation severity",
            Self::PublicService => "public service severity",
            Self::Likelihood => "likelihood",
            Self::Rank => "risk rank",
            Self::Equipment => "equipment",
            Self::Zone => "zone",
            Self::Recommendation => "recommendation",
            Self::Notes => "notes",
        }
    }

    /// Whether several columns may say it.
    pub const fn adds_up(self) -> bool {
        matches!(self, Self::Deviation | Self::Safeguards | Self::Equipment | Self::Recommendation | Self::Notes)
    }

    /// The category that it rates, by its place in [`Consequences::CATEGORIES`](crate::model::Consequences::CATEGORIES).
    pub const fn category(self) -> Option<usize> {
        match self {
            Self::Safety => Some(0),
            Self::Environment => Some(1),
            Self::Operations => Some(2),
            Self::Finance => Some(3),
            Self::Reputation => Some(4),
            Self::PublicService => Some(5),
            _ => None,
        }
    }

    /// Whether its cells stand on a scale of severity.
    pub const fn is_severity(self) -> bool {
        matches!(self, Self::Severity) || self.category().is_some()
    }

    /// The field that a column of this name usually says.
    pub fn named(column: &str) -> Option<Self> {
        let is_named = |field: &Self, name: &str| names(*field).split_ascii_whitespace().any(|it| it == name);
        let name = plain(column);
        let short = plain(column.split(['(', '[', '/']).next().unwrap_or_default());
        let named = |name: &str| Self::ALL.into_iter().find(|it| is_named(it, name));
        named(&name).or_else(|| named(&short))
    }

    /// A field by its own word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word().eq_ignore_ascii_case(word.trim()))
    }

    /// What the columns of a table say: of several that say the same, the first; the others go to the text.
    pub fn of_columns(columns: &[String]) -> Vec<Option<Self>> {
        let mut fields: Vec<Option<Self>> = Vec::new();
        for column in columns {
            let field = Self::named(column);
            let is_said = field.is_some_and(|it| !it.adds_up() && fields.contains(&Some(it)));
            fields.push(if is_said { Some(Self::Notes) } else { field });
        }
        fields
    }
}

/// Names of columns, in English, German, French, Spanish and Italian, without accents, blanks
/// and signs.
const fn names(field: Field) -> &'static str {
    match field {
        Field::Node => {
            "node nodeno nodenumber nodeid hazopnode studynode noderef section system subsystem knoten \
             knotennr knotennummer abschnitt teilsystem noeud nodo nudo"
        }
        Field::Reference => {
            "ref reference row rowno no nr number item itemno scenario scenariono scenarioid id lfdnr pos \
             nummer zeile numero"
        }
        Field::Deviation => {
            "deviation guideword guidewords parameter processparameter guideworddeviation whatif question \
             hazard hazardousevent abweichung leitwort sollabweichung gefahrdung deviazione desviacion derive ecart \
             motguide parametre"
        }
        Field::Cause => {
            "cause causes initiatingevent initiatingcause possiblecause possiblecauses ursache ursachen \
             auslosendesereignis causa causas cause causesossibles"
        }
        Field::Consequence => {
            "consequence consequences effect effects impact outcome worstcaseconsequence \
             worstcredibleconsequence auswirkung auswirkungen folge folgen konsequenz konsequenzen \
             conseguenza conseguenze consecuencia consecuencias consequencespossibles"
        }
        Field::Safeguards => {
            "safeguard safeguards existingsafeguards control controls existingcontrols barrier barriers \
             protection protections ipl ipls mitigation mitigations schutzmassnahme schutzmassnahmen massnahmen \
             vorhandenemassnahmen gegenmassnahmen barrieren barriere barrieres barreras salvaguardas \
             salvaguardie protezioni"
        }
        Field::Severity => {
            "severity sev s severitylevel severityclass severitycategory consequenceseverity consequencelevel \
             unmitigatedseverity schwere schweregrad schadensausmass ausmass gravite gravita gravedad severidad"
        }
        Field::Category => {
            "category consequencecategory consequencetype type impactcategory impacttype receptor kategorie \
             auswirkungskategorie categorie categoria tipo"
        }
        Field::Safety => {
            "safety safetyseverity severitysafety sevsafety ssafety people health healthandsafety personnel hs \
             sicherheit personen personenschaden securite personnes sicurezza persone seguridad personas"
        }
        Field::Environment => {
            "environment environmental environmentseverity environmentalseverity severityenvironment \
             senvironment env umwelt umweltschaden environnement ambiente medioambiente"
        }
        Field::Operations => {
            "operations operational operationsseverity production productionloss availability downtime betrieb \
             produktion verfugbarkeit exploitation produzione produccion"
        }
        Field::Finance => {
            "finance financial financialseverity financeseverity financialloss cost costs legal economic asset assets assetdamage \
             property commercial business finanzen sachschaden kosten finanziell finances cout economico costo"
        }
        Field::Reputation => "reputation reputationseverity image publicity ansehen ruf reputazione reputacion",
        Field::PublicService => {
            "publicservice public publicserviceseverity service supply community versorgung offentlichkeit \
             servicepublic serviciopublico serviziopubblico"
        }
        Field::Likelihood => {
            "likelihood likelyhood l frequency freq probability prob f likelihoodclass unmitigatedlikelihood \
             initiatingeventfrequency haufigkeit eintrittswahrscheinlichkeit wahrscheinlichkeit frequence \
             probabilite vraisemblance frequenza probabilita frecuencia probabilidad"
        }
        Field::Rank => {
            "riskrank risk rr ranking riskranking risklevel riskclass riskcategory rank r risiko risikoklasse \
             risikostufe risque niveauderisque rischio riesgo"
        }
        Field::Equipment => {
            "equipment tag tags equipmenttag equipmenttags equipmentno instrument instruments instrumenttag asset \
             device loop anlagenteil kennzeichen betriebsmittel gerat equipement repere equipo apparecchiatura"
        }
        Field::Zone => "zone zonetag securityzone zonename unit area plantarea anlage bereich zona unite unita",
        Field::Recommendation => {
            "recommendation recommendations action actions actionitem actionrequired empfehlung empfehlungen \
             recommandation recommandations raccomandazioni recomendacion recomendaciones"
        }
        Field::Notes => {
            "notes note comment comments remark remarks bemerkung bemerkungen kommentar commentaire commenti \
             comentarios designintent intention drawing drawings pid"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names() {
        for (column, field) in [
            ("Node", Field::Node),
            ("Guide Word", Field::Deviation),
            ("Abweichung", Field::Deviation),
            ("Ursachen", Field::Cause),
            ("Conséquences", Field::Consequence),
            ("Sev. (1-5)", Field::Severity),
            ("Schweregrad", Field::Severity),
            ("Likelihood (per year)", Field::Likelihood),
            ("Häufigkeit", Field::Likelihood),
            ("Existing safeguards", Field::Safeguards),
            ("Umwelt", Field::Environment),
            ("Equipment tag", Field::Equipment),
            ("Risk Ranking", Field::Rank),
            ("Empfehlungen", Field::Recommendation),
        ] {
            assert_eq!(Field::named(column), Some(field), "{column}");
        }
        assert_eq!(Field::named("colour"), None);
        for field in Field::ALL {
            assert_eq!(Field::of_word(field.word()), Some(field));
        }
    }

    #[test]
    fn of_columns_that_say_the_same_the_first_counts() {
        let columns = ["Guide word", "Parameter", "Severity", "S"].map(str::to_owned);
        let said = [Some(Field::Deviation), Some(Field::Deviation), Some(Field::Severity), Some(Field::Notes)];
        assert_eq!(Field::of_columns(&columns), said);
    }
}
