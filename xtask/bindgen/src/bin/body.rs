//! The body of a function whose variables have the numbers that compress best.

use anyhow::{Context as _, Result};
use std::{cmp::Reverse, collections::HashMap, convert::Infallible};
use wasm_encoder::{
    Function, MemArg, ValType,
    reencode::{Error, Reencode},
};
use wasmparser::{FunctionBody, Operator};

/// The body with its variables numbered anew: those of a type together, those used most first.
/// Two functions that are the same but for these numbers then are the same.
pub(crate) fn renamed(
    body: &FunctionBody<'_>,
    parameters: usize,
    numbers: &HashMap<u32, u32>,
) -> Result<Vec<u8>> {
    let mut calls = Numbers(numbers);
    let mut variables = variables(body)?;
    let operators: Vec<Operator<'_>> = body
        .get_operators_reader()?
        .into_iter()
        .collect::<Result<_, _>>()?;
    for (place, operator) in operators.iter().enumerate() {
        let variable = variable(operator).and_then(|number| number.checked_sub(parameters));
        if let Some(number) = variable {
            let variable = variables.get_mut(number).context("a variable is missing")?;
            variable.uses += 1;
            variable.first = variable.first.min(place);
        }
    }
    variables.retain(|variable| variable.uses > 0);
    variables.sort_by_key(|variable| {
        (
            rank(variable.of_type),
            Reverse(variable.uses),
            variable.first,
        )
    });
    let mut names: Vec<usize> = (0..parameters).collect();
    let mut types = Vec::new();
    for (number, variable) in (parameters..).zip(&variables) {
        let old = parameters + variable.old;
        names.resize(names.len().max(old + 1), 0);
        names[old] = number;
        types.push((1, calls.val_type(variable.of_type)?));
    }
    let mut function = Function::new(runs(types));
    for operator in operators {
        let operator = with_variable(operator, |number| u32::try_from(names[number as usize]))?;
        function.instruction(&calls.instruction(operator)?);
    }
    Ok(function.into_raw_body())
}

/// Calls functions by other numbers; those it does not name keep theirs.
pub(crate) struct Numbers<'a>(pub(crate) &'a HashMap<u32, u32>);

impl Reencode for Numbers<'_> {
    type Error = Infallible;

    fn function_index(&mut self, number: u32) -> Result<u32, Error> {
        Ok(*self.0.get(&number).unwrap_or(&number))
    }

    /// How an address is aligned is a hint without a meaning; here it is the same for the same
    /// operator, and so costs nothing.
    fn mem_arg(&mut self, argument: wasmparser::MemArg) -> Result<MemArg, Error> {
        Ok(MemArg {
            offset: argument.offset,
            align: argument.max_align.into(),
            memory_index: argument.memory,
        })
    }
}

/// A variable of a function that is no parameter.
struct Variable {
    old: usize,
    of_type: wasmparser::ValType,
    uses: usize,
    /// The place of its first use.
    first: usize,
}

fn variables(body: &FunctionBody<'_>) -> Result<Vec<Variable>> {
    let mut variables = Vec::new();
    for run in body.get_locals_reader()? {
        let (count, of_type) = run?;
        for _ in 0..count {
            variables.push(Variable {
                old: variables.len(),
                of_type,
                uses: 0,
                first: usize::MAX,
            });
        }
    }
    Ok(variables)
}

fn variable(operator: &Operator<'_>) -> Option<usize> {
    match operator {
        Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } => Some(*local_index as usize),
        _ => None,
    }
}

fn with_variable<E>(
    operator: Operator<'_>,
    number: impl Fn(u32) -> Result<u32, E>,
) -> Result<Operator<'_>, E> {
    Ok(match operator {
        Operator::LocalGet { local_index } => Operator::LocalGet {
            local_index: number(local_index)?,
        },
        Operator::LocalSet { local_index } => Operator::LocalSet {
            local_index: number(local_index)?,
        },
        Operator::LocalTee { local_index } => Operator::LocalTee {
            local_index: number(local_index)?,
        },
        operator => operator,
    })
}

/// Types in a fixed order, the most common first.
fn rank(of_type: wasmparser::ValType) -> usize {
    use wasmparser::ValType::{F32, F64, I32, I64};
    [I32, I64, F32, F64]
        .iter()
        .position(|known| *known == of_type)
        .unwrap_or(usize::MAX)
}

/// Neighbours of one type are declared together.
fn runs(types: Vec<(u32, ValType)>) -> Vec<(u32, ValType)> {
    let mut runs: Vec<(u32, ValType)> = Vec::new();
    for (count, of_type) in types {
        match runs.last_mut() {
            Some((before, same)) if *same == of_type => *before += count,
            _ => runs.push((count, of_type)),
        }
    }
    runs
}
