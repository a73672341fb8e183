//! A report, in the form and at the place that were asked for.

use std::slice;

use anyhow::{Result, bail};
use wirecopy::report::html::Pages;
use wirecopy::report::{Report, dot, gexf, graphml, json, jsonl, keep_list, prov, tables, terminal};

use crate::args::{FormArgs, Format, KeepArgs, OutputArgs};
use crate::output::{Destination, Folder, Present, Written};
use crate::{pages, session};

/// Where a report goes.
#[derive(Debug)]
pub(crate) enum Place {
    /// All of it to one place.
    One(Destination),
    /// One file a table.
    Tables(Folder),
}

impl Place {
    /// The place that the arguments name. Checks now what would otherwise fail after all the work.
    pub(crate) fn named(form: &FormArgs, output: &OutputArgs) -> Result<Self> {
        if form.table.is_some() && form.format != Format::Csv {
            bail!("--table names a table of --format csv");
        }
        let graph = matches!(form.format, Format::Graphml | Format::Gexf | Format::Dot);
        if form.nodes.is_some() && !graph {
            bail!("--nodes says what the nodes of --format graphml, gexf or dot are");
        }
        let path = output.output.as_deref();
        let present = if form.force { Present::Replace } else { Present::Spare };
        if form.format == Format::Html {
            return pages::destination(path, present).map(Self::One);
        }
        if form.format != Format::Csv || form.table.is_some() {
            return Destination::named(path).map(Self::One);
        }
        let Some(path) = path.filter(|path| *path != "-") else {
            bail!(
                "csv has several tables: name a folder for them with -o, or one of them with --table, for \
                 example --table relations"
            );
        };
        Folder::named(path, tables::Table::ALL.map(tables::Table::file_name), present).map(Self::Tables)
    }

    /// Everything that will be written to.
    pub(crate) fn destinations(&self) -> &[Destination] {
        match self {
            Self::One(destination) => slice::from_ref(destination),
            Self::Tables(folder) => folder.files(),
        }
    }

    /// The place, where all that goes there is JSON.
    pub(crate) fn of_json(&self, form: &FormArgs) -> Option<&Destination> {
        match self {
            Self::One(destination) if form.format == Format::Json => Some(destination),
            _ => None,
        }
    }

    /// Writes the report.
    pub(crate) fn write(
        &self,
        report: &Report,
        form: &FormArgs,
        output: &OutputArgs,
        quiet: bool,
    ) -> Result<Written> {
        let destination = match self {
            Self::One(destination) => destination,
            Self::Tables(folder) => {
                folder.make()?;
                for (table, file) in tables::Table::ALL.into_iter().zip(folder.files()) {
                    file.write(|out| tables::write(report, table, out))?;
                }
                return Ok(Written::Whole);
            }
        };
        let nodes = form.nodes.map(Into::into).unwrap_or_default();
        match form.format {
            Format::Text => {
                let options = session::layout(output, destination);
                destination.write_styled(|out| terminal::write(report, &options, out))
            }
            Format::Json => destination.write(|out| json::write(report, out)),
            Format::Jsonl => destination.write(|out| jsonl::write(report, out)),
            Format::Html => pages::write(&Pages::of_report(report), destination, output, quiet),
            Format::Csv => {
                let table = form.table.expect("without a table the place is a folder");
                destination.write(|out| tables::write(report, table.into(), out))
            }
            Format::Graphml => destination.write(|out| graphml::write(report, nodes, out)),
            Format::Gexf => destination.write(|out| gexf::write(report, nodes, out)),
            Format::Dot => destination.write(|out| dot::write(report, nodes, out)),
            Format::Prov => destination.write(|out| prov::write(report, out)),
        }
    }
}

/// Where the list of what to keep goes, if it was asked for.
pub(crate) fn keep_list(keep: &KeepArgs, place: &Place) -> Result<Option<Destination>> {
    let Some(path) = &keep.keep_list else { return Ok(None) };
    let list = Destination::named(Some(path))?;
    if place.destinations().iter().any(|other| other.is(&list)) {
        bail!("the report and the keep list cannot both go to {}: name another with -o", list.name());
    }
    Ok(Some(list))
}

/// Writes the list of what to keep, if it was asked for.
pub(crate) fn write_keep_list(report: &Report, keep: &KeepArgs, list: Option<&Destination>) -> Result<()> {
    if let Some(list) = list {
        list.write(|out| keep_list::write(report, keep.rule(), keep.keep_share, out))?;
    }
    Ok(())
}
