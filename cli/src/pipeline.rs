//! Work on many documents at once, results in the order of the documents.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many batches may wait for each worker.
const QUEUE: usize = 4;
/// How many documents go from thread to thread at once, at most. Where a worker waits, one goes alone.
const BATCH: usize = 16;

/// Reads jobs, works on them in `workers` threads, and gives the results to `write` in the order of the jobs.
/// Reading stops when `write` fails.
pub(crate) fn run<J: Send, R: Send, E>(
    workers: NonZeroUsize,
    read: impl FnOnce(&mut dyn FnMut(J) -> bool) + Send,
    work: impl Fn(J) -> R + Sync,
    mut write: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let size = workers.get() * QUEUE;
    let (send_job, jobs) = sync_channel::<(usize, Vec<J>)>(size);
    let (send_result, results) = sync_channel::<(usize, Vec<R>)>(size);
    let jobs = Mutex::new(jobs);
    let stopped = AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = &stopped;
        scope.spawn(move || {
            let mut batches = Batches { send: send_job, number: 0, waiting: Vec::new() };
            read(&mut |job| batches.add(job) && !stop.load(Ordering::Relaxed));
            batches.send_all();
        });
        for _ in 0..workers.get() {
            let (jobs, work, send_result) = (&jobs, &work, send_result.clone());
            scope.spawn(move || {
                loop {
                    let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, batch)) = next else { return };
                    let done = batch.into_iter().map(work).collect();
                    if send_result.send((number, done)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send_result);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut failed = None;
        for (number, batch) in &results {
            waiting.insert(number, batch);
            while failed.is_none()
                && let Some(batch) = waiting.remove(&next)
            {
                next += 1;
                failed = batch.into_iter().try_for_each(&mut write).err();
            }
            if failed.is_some() {
                break;
            }
        }
        // Nobody listens any more: the workers end, and with their queue the reader.
        drop(results);
        match failed {
            Some(error) => {
                stopped.store(true, Ordering::Relaxed);
                while jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().is_ok() {}
                Err(error)
            }
            None => Ok(()),
        }
    })
}

/// Documents on their way to the workers: as many at once as came while none was free.
struct Batches<J> {
    send: SyncSender<(usize, Vec<J>)>,
    number: usize,
    waiting: Vec<J>,
}

impl<J> Batches<J> {
    /// Takes in a document. False if nobody works any more.
    fn add(&mut self, job: J) -> bool {
        self.waiting.push(job);
        if self.waiting.len() >= BATCH {
            return self.send_all();
        }
        match self.send.try_send((self.number, std::mem::take(&mut self.waiting))) {
            Ok(()) => self.number += 1,
            Err(TrySendError::Full((_, batch))) => self.waiting = batch,
            Err(TrySendError::Disconnected(_)) => return false,
        }
        true
    }

    fn send_all(&mut self) -> bool {
        let batch = std::mem::take(&mut self.waiting);
        self.number += 1;
        self.send.send((self.number - 1, batch)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(workers: usize) -> Vec<usize> {
        let mut written = Vec::new();
        let done: Result<(), ()> = run(
            NonZeroUsize::new(workers).unwrap(),
            |give| (0..500).for_each(|job| assert!(give(job))),
            |job: usize| {
                if job.is_multiple_of(7) {
                    thread::yield_now();
                }
                job * job
            },
            |result| {
                written.push(result);
                Ok(())
            },
        );
        done.unwrap();
        written
    }

    #[test]
    fn order_does_not_depend_on_the_number_of_workers() {
        assert_eq!(squares(1), squares(4));
        assert_eq!(squares(3).len(), 500);
    }

    #[test]
    fn a_failed_write_ends_the_run() {
        let done = run(
            NonZeroUsize::new(2).unwrap(),
            |give| {
                for job in 0.. {
                    if !give(job) {
                        return;
                    }
                }
            },
            |job: usize| job,
            |result| if result == 20 { Err("full") } else { Ok(()) },
        );
        assert_eq!(done, Err("full"));
    }
}
