//! A project from the short form: fresh ids in the order of the form, every name resolved, nothing placed yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::form::{AssetForm, ConduitForm, FlowLine, Form, ScopeForm, ZoneForm};
use crate::catalogue::Catalogue;
use crate::model::reasons::{self, As};
use crate::model::*;

/// Builds the project; the error says what in the form can't be.
pub(super) fn build(form: &Form) -> Result<Project, String> {
    let mut builder = Builder { catalogue: Catalogue::embedded(), ..Builder::default() };
    for zone in &form.zones {
        builder.zone(zone, None)?;
    }
    for asset in builder.pending.clone() {
        builder.second_homes(asset)?;
    }
    for conduit in &form.conduits {
        builder.conduit(conduit)?;
    }
    for line in &form.flows {
        builder.flow(line, None)?;
    }
    builder.scope(&form.scope)?;
    let mut project = builder.project;
    project.info = Arc::new(ProjectInfo { title: form.title.clone(), ..ProjectInfo::default() });
    if let Some(unresolved) = project.first_unresolved() {
        return Err(unresolved.to_string());
    }
    Ok(project)
}

struct Builder<'a> {
    catalogue: &'static Catalogue,
    project: Project,
    targets: BTreeMap<&'a str, Target>,
    assets: BTreeMap<&'a str, AssetId>,
    /// Assets with further homes, which may be zones still to come.
    pending: Vec<&'a AssetForm>,
}

impl Default for Builder<'_> {
    fn default() -> Self {
        Self {
            catalogue: Catalogue::embedded(),
            project: Project::default(),
            targets: BTreeMap::new(),
            assets: BTreeMap::new(),
            pending: Vec::new(),
        }
    }
}

impl<'a> Builder<'a> {
    fn zone(&mut self, form: &'a ZoneForm, parent: Option<ZoneId>) -> Result<(), String> {
        let id = ZoneId::after(self.project.zones.ids().next_back());
        self.tag(&form.tag, id.into())?;
        let outer = parent.and_then(|parent| self.project.zones.get(parent)).cloned().unwrap_or_default();
        let levels = TargetLevel {
            levels: form.sl_t,
            reason: form.reason.clone(),
            deviations: form.deviations.clone(),
            ..TargetLevel::default()
        };
        let zone = Zone {
            tag: form.tag.clone(),
            name: form.name.clone(),
            notes: form.notes.clone(),
            parent,
            purdue: Some(form.purdue.parse()?),
            trust: form.trust.unwrap_or(outer.trust),
            untrusted: form.untrusted,
            consequence: Some(form.consequence),
            owner: form.owner.clone().unwrap_or(outer.owner),
            boundary: form.boundary,
            site: form.site.clone().unwrap_or(outer.site),
            sl_t: Some(levels),
            ..Zone::default()
        };
        self.project.zones.insert(id, zone);
        for asset in &form.assets {
            self.asset(asset, id)?;
        }
        form.zones.iter().try_for_each(|inner| self.zone(inner, Some(id)))
    }

    fn tag(&mut self, tag: &'a str, target: Target) -> Result<(), String> {
        if tag.trim().is_empty() || self.targets.insert(tag, target).is_some() {
            return Err(format!("the tag \"{tag}\" stands twice, or is empty"));
        }
        Ok(())
    }

    fn asset(&mut self, form: &'a AssetForm, zone: ZoneId) -> Result<(), String> {
        let id = AssetId::after(self.project.assets.ids().next_back());
        if form.tag.trim().is_empty() || self.assets.insert(&form.tag, id).is_some() {
            return Err(format!("the tag \"{}\" stands twice, or is empty", form.tag));
        }
        if self.catalogue.asset_type(&form.kind).is_none() {
            return Err(format!("asset {}: \"{}\" is no asset type of the catalogue", form.tag, form.kind));
        }
        let asset = Asset {
            tag: form.tag.clone(),
            name: form.name.clone(),
            notes: form.notes.clone(),
            kind: form.kind.clone(),
            zone: Some(zone),
            model: form.model.clone(),
            supported: form.supported,
            temporary: form.temporary,
            wireless: form.wireless,
            external: form.external,
            ..Asset::default()
        };
        self.project.assets.insert(id, asset);
        if !form.also_in.is_empty() {
            self.pending.push(form);
        }
        Ok(())
    }

    fn second_homes(&mut self, form: &AssetForm) -> Result<(), String> {
        let zones = form.also_in.iter().map(|tag| self.zone_named(tag)).collect::<Result<_, _>>()?;
        if let Some(asset) = self.assets.get(form.tag.as_str()).and_then(|&id| self.project.assets.get_mut(id)) {
            asset.other_zones = zones;
        }
        Ok(())
    }

    fn zone_named(&self, tag: &str) -> Result<ZoneId, String> {
        let zone = self.targets.get(tag).and_then(|target| target.zone());
        zone.ok_or_else(|| format!("there is no zone \"{tag}\""))
    }

    fn conduit(&mut self, form: &'a ConduitForm) -> Result<(), String> {
        let id = ConduitId::after(self.project.conduits.ids().next_back());
        self.tag(&form.tag, id.into())?;
        let (from, to) = (self.zone_named(&form.from)?, self.zone_named(&form.to)?);
        let owner = self.project.zones.get(from).map(|it| it.owner.clone()).unwrap_or_default();
        let conduit = Conduit {
            tag: form.tag.clone(),
            name: form.name.clone(),
            notes: form.notes.clone(),
            from: Some(from),
            to: Some(to),
            initiated_by: form.opened_by,
            remote_access: form.remote,
            filtering: form.filtering,
            filter_place: self.filter_place(form.filtering, from, to),
            owner,
            sl_t: Some(self.conduit_level(form, from, to)),
            ..Conduit::default()
        };
        self.project.conduits.insert(id, conduit);
        form.flows.iter().try_for_each(|line| self.flow(line, Some(id)))
    }

    /// A conduit's own SL-T, or what the more demanding of its zones asks for.
    fn conduit_level(&self, form: &ConduitForm, from: ZoneId, to: ZoneId) -> TargetLevel {
        let of = |zone| self.project.target_level(Target::Zone(zone)).map(|it| it.levels).unwrap_or_default();
        let (near, far) = (of(from), of(to));
        let higher = SlVector::from_fn(|fr| near[fr].max(far[fr]));
        let levels = form.sl_t.unwrap_or(higher);
        let reason = match form.reason.as_str() {
            "" if higher == near => reasons::same_as(&form.from, As::LeadsInto),
            "" if higher == far => reasons::same_as(&form.to, As::LeadsInto),
            "" => reasons::higher_of(&form.from, &form.to),
            own => own.to_owned(),
        };
        TargetLevel { levels, reason, ..TargetLevel::default() }
    }

    fn filter_place(&self, filtering: Filtering, from: ZoneId, to: ZoneId) -> FilterPlace {
        let guards = |zone| self.project.assets.values().any(|it| it.zone == Some(zone) && it.kind == "firewall");
        match (filtering, guards(from), guards(to)) {
            (Filtering::None, ..) => FilterPlace::Unstated,
            (Filtering::OneWay, ..) | (_, true, false) => FilterPlace::From,
            (_, false, true) => FilterPlace::To,
            (_, true, true) => FilterPlace::Both,
            (_, false, false) => FilterPlace::Unstated,
        }
    }

    fn flow(&mut self, line: &str, conduit: Option<ConduitId>) -> Result<(), String> {
        let line = FlowLine::parse(line)?;
        let end = |tag: &str| self.assets.get(tag).copied().ok_or_else(|| format!("there is no asset \"{tag}\""));
        let protocol = self.catalogue.protocols().iter().find(|it| it.id == line.protocol);
        let protocol = protocol.ok_or_else(|| format!("\"{}\" is no protocol of the catalogue", line.protocol))?;
        let usual = protocol.ports.first().map(|&(_, port)| PortRange { first: port, last: port });
        let flow = Flow {
            conduit,
            from: Some(end(line.from)?),
            to: Some(end(line.to)?),
            protocol: protocol.id.clone(),
            port: line.port.or(usual),
            both_ways: line.both_ways,
            notes: line.notes.to_owned(),
        };
        let id = FlowId::after(self.project.flows.ids().next_back());
        self.project.flows.insert(id, flow);
        Ok(())
    }

    fn scope(&mut self, form: &ScopeForm) -> Result<(), String> {
        let mut access_points = Vec::new();
        for point in &form.access_points {
            let named = |tag: &String| {
                let conduit = self.targets.get(tag.as_str()).and_then(|target| target.conduit());
                conduit.ok_or_else(|| format!("there is no conduit \"{tag}\""))
            };
            let conduit = point.conduit.as_ref().map(named).transpose()?;
            access_points.push(AccessPoint { name: point.name.clone(), notes: point.notes.clone(), conduit });
        }
        self.project.scope = Arc::new(Scope {
            name: form.name.clone(),
            description: form.description.clone(),
            perimeter: form.perimeter.clone(),
            access_points,
            services: form.services.clone(),
            dependencies: form.dependencies.clone(),
            constraints: form.constraints.clone(),
            duties: form.duties.clone(),
            assumptions: form.assumptions.clone(),
            ..Scope::default()
        });
        Ok(())
    }
}
