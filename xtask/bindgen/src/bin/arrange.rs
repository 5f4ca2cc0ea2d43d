//! Puts the functions of the page's WebAssembly in the order that compresses best, and keeps one
//! of those that are the same.
//!
//! It changes numbers and places alone, no instruction: a function is called by its number, and a
//! number of a variable is a name. What comes out is checked as a browser checks it.

use crate::{
    alike,
    body::{self, Numbers},
};
use anyhow::{Context as _, Result, bail};
use std::{
    collections::{HashMap, hash_map::Entry},
    convert::Infallible,
    fs,
    path::Path,
};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode, utils::parse_core_module},
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FuncType, FunctionBody, FunctionSectionReader, Parser,
    Payload, TypeRef, Validator,
};

/// Rewrites a module in its file.
pub(crate) fn arrange(path: &Path) -> Result<()> {
    let module = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let arranged = arranged(&module).with_context(|| format!("arranging {}", path.display()))?;
    fs::write(path, arranged).with_context(|| format!("writing {}", path.display()))
}

fn arranged(module: &[u8]) -> Result<Vec<u8>> {
    let functions = Functions::read(module)?;
    let Different {
        kept,
        instead: mut numbers,
    } = functions.different()?;
    let looks: Vec<&[u8]> = kept.iter().map(|(_, body)| body.as_slice()).collect();
    let order = alike::order(&looks).into_iter().map(|place| kept[place].0);
    let order: Vec<u32> = order.collect();
    let new: HashMap<u32, u32> = order.iter().copied().zip(functions.imported..).collect();
    for number in functions.numbers() {
        let kept = *numbers.get(&number).unwrap_or(&number);
        let new = new
            .get(&kept)
            .with_context(|| format!("function {kept} got lost"))?;
        numbers.insert(number, *new);
    }
    let bodies = order.iter().map(|&number| {
        let (of_type, _) = functions.function(number)?;
        Ok((*of_type, functions.body(number, &numbers)?))
    });
    let mut arrange = Arrange {
        bodies: bodies.collect::<Result<_>>()?,
        numbers,
    };
    let mut written = Module::new();
    parse_core_module(&mut arrange, &mut written, Parser::new(0), module)?;
    let written = written.finish();
    Validator::new().validate_all(&written)?;
    Ok(written)
}

/// The functions of a module that are not imported.
struct Functions<'a> {
    imported: u32,
    types: Vec<FuncType>,
    /// Each with the number of its type.
    all: Vec<(u32, FunctionBody<'a>)>,
}

impl<'a> Functions<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        let (mut imported, mut types, mut of_type, mut bodies) =
            (0, Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(section) => {
                    types = section
                        .into_iter_err_on_gc_types()
                        .collect::<Result<_, _>>()?;
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    of_type = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        if of_type.len() != bodies.len() {
            bail!("{} functions have {} bodies", of_type.len(), bodies.len());
        }
        let all = of_type.into_iter().zip(bodies).collect();
        Ok(Self {
            imported,
            types,
            all,
        })
    }

    /// By these numbers the functions are called.
    fn numbers(&self) -> impl Iterator<Item = u32> {
        (self.imported..).zip(&self.all).map(|(number, _)| number)
    }

    fn function(&self, number: u32) -> Result<&(u32, FunctionBody<'a>)> {
        let place = number.checked_sub(self.imported);
        let function = place.and_then(|place| self.all.get(usize::try_from(place).ok()?));
        function.with_context(|| format!("there is no function {number}"))
    }

    /// The body of a function, with other numbers of variables and of what it calls.
    fn body(&self, number: u32, numbers: &HashMap<u32, u32>) -> Result<Vec<u8>> {
        let (of_type, body) = self.function(number)?;
        let of_type = self.types.get(usize::try_from(*of_type)?);
        let parameters = of_type.context("a type is missing")?.params().len();
        body::renamed(body, parameters, numbers)
    }

    /// Leaving out some can make others the same in turn.
    fn different(&self) -> Result<Different> {
        let mut left: Vec<u32> = self.numbers().collect();
        let mut instead = HashMap::new();
        loop {
            let (mut seen, mut kept, mut same) = (HashMap::new(), Vec::new(), HashMap::new());
            for number in left {
                let body = self.body(number, &instead)?;
                match seen.entry((self.function(number)?.0, body.clone())) {
                    Entry::Occupied(first) => {
                        same.insert(number, *first.get());
                    }
                    Entry::Vacant(first) => {
                        first.insert(number);
                        kept.push((number, body));
                    }
                }
            }
            if same.is_empty() {
                return Ok(Different { kept, instead });
            }
            for other in instead.values_mut() {
                *other = *same.get(other).unwrap_or(other);
            }
            instead.extend(same);
            left = kept.into_iter().map(|(number, _)| number).collect();
        }
    }
}

/// All functions that differ, with their bodies, and which of them to call instead of each that is
/// left out.
struct Different {
    kept: Vec<(u32, Vec<u8>)>,
    instead: HashMap<u32, u32>,
}

/// Writes the whole module with its functions in another order.
struct Arrange {
    /// All bodies in their order, each with the number of its type.
    bodies: Vec<(u32, Vec<u8>)>,
    numbers: HashMap<u32, u32>,
}

impl Reencode for Arrange {
    type Error = Infallible;

    fn function_index(&mut self, number: u32) -> Result<u32, Error> {
        Numbers(&self.numbers).function_index(number)
    }

    fn parse_function_section(
        &mut self,
        section: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        for (of_type, _) in &self.bodies {
            section.function(*of_type);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        section: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        for (_, body) in &self.bodies {
            section.raw(body);
        }
        Ok(())
    }

    /// What is not for the browser is left out.
    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ExportKind, ExportSection, Function, Instruction, TypeSection, ValType as Type,
    };

    /// Functions from number to number; each adds its own number, or calls another.
    fn module(bodies: &[&[Instruction<'_>]]) -> Vec<u8> {
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        types.ty().function([Type::I32], [Type::I32]);
        for (number, body) in (0..).zip(bodies) {
            functions.function(0);
            exports.export(&format!("f{number}"), ExportKind::Func, number);
            let mut function = Function::new([(2, Type::I32)]);
            for instruction in *body {
                function.instruction(instruction);
            }
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports);
        module.section(&code);
        module.finish()
    }

    /// What each export does, as its body with the calls followed.
    fn meaning(module: &[u8]) -> Vec<String> {
        let functions = Functions::read(module).unwrap();
        let mut meanings = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::ExportSection(section) = payload.unwrap() {
                for export in section {
                    meanings.push(told(&functions, export.unwrap().index));
                }
            }
        }
        meanings
    }

    fn told(functions: &Functions<'_>, number: u32) -> String {
        let operators = functions.all[number as usize]
            .1
            .get_operators_reader()
            .unwrap();
        let told = operators
            .into_iter()
            .map(|operator| match operator.unwrap() {
                wasmparser::Operator::Call { function_index } => told(functions, function_index),
                operator => format!("{operator:?}"),
            });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_export_does_what_it_did_and_equals_are_kept_once() {
        let number = Instruction::I32Const;
        let module = module(&[
            &[Instruction::LocalGet(0), Instruction::Call(1)],
            &[number(1)],
            &[number(1)],
            &[Instruction::LocalGet(0), Instruction::Call(2)],
            &[number(4)],
        ]);
        let arranged = arranged(&module).unwrap();
        assert_eq!(meaning(&arranged), meaning(&module));
        assert_eq!(Functions::read(&arranged).unwrap().all.len(), 3);
    }

    #[test]
    fn equals_but_for_the_names_of_variables_are_kept_once() {
        let with = |one, other| {
            [
                Instruction::LocalGet(0),
                Instruction::LocalTee(one),
                Instruction::LocalSet(other),
                Instruction::LocalGet(one),
            ]
        };
        let module = module(&[&with(1, 2), &with(2, 1)]);
        let arranged = arranged(&module).unwrap();
        assert_eq!(Functions::read(&arranged).unwrap().all.len(), 1);
    }

    #[test]
    fn a_parameter_keeps_its_number() {
        let module = module(&[&[
            Instruction::LocalGet(1),
            Instruction::Drop,
            Instruction::LocalGet(0),
        ]]);
        assert_eq!(meaning(&arranged(&module).unwrap()), meaning(&module));
    }
}
