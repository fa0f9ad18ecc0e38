//! Work on many documents at once, results in the order of the documents.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many documents may wait for each worker.
const QUEUE: usize = 4;

/// Reads jobs, works on them in `workers` threads, and gives the results to `write` in the order of the jobs.
/// Reading stops when `write` fails.
pub(crate) fn run<J: Send, R: Send, E>(
    workers: NonZeroUsize,
    read: impl FnOnce(&mut dyn FnMut(J) -> bool) + Send,
    work: impl Fn(J) -> R + Sync,
    mut write: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let size = workers.get() * QUEUE;
    let (send_job, jobs) = sync_channel::<(usize, J)>(size);
    let (send_result, results) = sync_channel::<(usize, R)>(size);
    let jobs = Mutex::new(jobs);
    let stopped = AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = &stopped;
        scope.spawn(move || {
            let mut number = 0;
            read(&mut |job| {
                number += 1;
                send_job.send((number - 1, job)).is_ok() && !stop.load(Ordering::Relaxed)
            });
        });
        for _ in 0..workers.get() {
            let (jobs, work, send_result) = (&jobs, &work, send_result.clone());
            scope.spawn(move || {
                loop {
                    let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, job)) = next else { return };
                    if send_result.send((number, work(job))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send_result);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut failed = None;
        for (number, result) in &results {
            waiting.insert(number, result);
            while failed.is_none()
                && let Some(result) = waiting.remove(&next)
            {
                next += 1;
                failed = write(result).err();
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
