//! The types that may go to another thread, and those that several threads may use at once.
//!
//! **Everything is [`Send`] and [`Sync`], except a [`Configuration`](crate::Configuration), which is `Send` alone, and
//! what borrows one, which is neither.** (The error of disconnecting one is both, since it lends it to nobody.) The reasons:
//!
//! - **[`Server`](crate::Server) and [`MibServer`](crate::MibServer).** Their functions are remote procedure calls (those
//!   of the open specification MS-RRASM), and Microsoft's page on the handles of such calls, `RPC_BINDING_HANDLE`, says
//!   that an application may share one across threads, that the run-time library manages calls made on it at the same
//!   time, and that the application has to see to it that none is freed while a call on it is under way. Here nobody
//!   can do that: a call borrows the server, while [`disconnect`](crate::disconnect) and dropping take all of it. That
//!   `mprapi.dll` adds nothing which would forbid it is a conclusion: no page of `mprapi.h` asks for a particular
//!   thread or for one call at a time.
//! - **[`Configuration`](crate::Configuration).** Its functions are no such calls: they work in this process, on what
//!   the handle has gathered, and no page says that two of them may run at the same time. So one thread has it at a
//!   time, and what borrows it stays with that thread.
//! - **Ids and handles of connections, ports and interfaces** are numbers that only the server gives a meaning to (it
//!   checks them in each call), and a reference to that server.
//! - **Answers** ([`List`], [`Single`], [`Bytes`](crate::Bytes)) own buffers that nobody
//!   else knows of and nobody writes to until they go back, which may happen on any thread: the functions that free
//!   take nothing but the buffer. What they are seen through ([`Connection`], [`Port`], [`Interface`], [`Device`]) only
//!   reads. The pointers in a record are handles (numbers, as above) or lead into the same buffer.
//! - **[`Notification`](crate::Notification), [`Connecting`](crate::Connecting), [`RouteUpdate`](crate::RouteUpdate)**
//!   hold an event of the operating system, which any thread may signal and wait for. Waiting takes `&mut`, so
//!   one thread waits; [`Stopper`](crate::Stopper) wakes it from another.
//! - **All else** is owned data, and the compiler sees that by itself (or the pointers in it are null, which the type
//!   says).
//!
//! A call blocks its thread until the server has answered. Whether the server works on two calls at once is its affair.

use crate::{
    Connection, ConnectionHandle, Device, Interface, InterfaceHandle, Iter, List, Port, PortHandle, Record,
    Single,
};

macro_rules! threads {
    ($(($($generics:tt)*) $type:ty $(where $owner:ty)?;)+) => {
        $(
            // SAFETY: the type holds numbers and memory that is only read, as argued above; and a reference to its
            // owner or a share in it, which may be used, and the last of them dropped, on any thread where the owner is both.
            unsafe impl<$($generics)*> Send for $type $(where $owner: Send + Sync)? {}
            // SAFETY: as above.
            unsafe impl<$($generics)*> Sync for $type $(where $owner: Send + Sync)? {}
        )+
    };
}

threads! {
    () ConnectionHandle<'_>;
    () PortHandle<'_>;
    (O) InterfaceHandle<'_, O> where O;
    (R: Record) List<'_, R> where R::Owner;
    (R: Record) Single<'_, R> where R::Owner;
    (R: Record) Iter<'_, R> where R::Owner;
    (R: Record) Connection<'_, R> where R::Owner;
    (R: Record) Port<'_, R> where R::Owner;
    (R: Record) Device<'_, R> where R::Owner;
    (R: Record, O) Interface<'_, R, O> where O;
}
