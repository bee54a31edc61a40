//! The types that may be sent to another thread, and those that several threads may use at once.
//!
//! **All types are [`Send`] and [`Sync`], except [`Configuration`](crate::Configuration), which is only `Send`, and types
//! that borrow one, which are neither.** (The error of disconnecting a configuration is both, since it gives no access to
//! it by reference.) The reasons:
//!
//! - **[`Server`](crate::Server) and [`MibServer`](crate::MibServer).** Their functions are remote procedure calls (those
//!   of the open specification MS-RRASM). According to Microsoft's page on the handles of such calls,
//!   `RPC_BINDING_HANDLE`, an application may share a handle across threads, and the run-time library manages calls at the
//!   same time; but the application must not free the handle during a call. Safe code cannot do that: a call borrows the
//!   server, while [`disconnect`](crate::disconnect) and dropping consume it. We conclude that `mprapi.dll` itself adds no
//!   restriction, since no page of `mprapi.h` asks for a particular thread or for one call at a time.
//! - **[`Configuration`](crate::Configuration).** Its functions are not remote procedure calls. They work in this process,
//!   on data that the handle has gathered, and no page says that two of them may run at the same time. So only one thread
//!   may use it at a time, and types that borrow it stay on that thread.
//! - **Ids and handles of connections, ports and interfaces** are numbers that only the server interprets (it checks them
//!   in each call), and a reference to that server.
//! - **Answers** ([`List`], [`Single`], [`Bytes`](crate::Bytes)) own buffers that nothing else refers to, and that nothing
//!   writes to until they are freed. Any thread may free them: the functions that free take only the buffer. The views
//!   ([`Connection`], [`Port`], [`Interface`], [`Device`]) only read. The pointers in a record are handles (numbers, as
//!   above) or point into the same buffer.
//! - **[`Notification`](crate::Notification), [`Connecting`](crate::Connecting), [`RouteUpdate`](crate::RouteUpdate)**
//!   hold an event of the operating system (and so does [`SessionWatch`](crate::SessionWatch)), which any thread may signal and wait for. Waiting takes `&mut`, so only one
//!   thread waits; [`Stopper`](crate::Stopper) wakes it from another thread.
//! - **[`Link`](crate::Link) and [`Fleet`](crate::Fleet)** own servers, and lend each to one thread at a time.
//! - **All other types** are owned data, and the compiler derives their traits (or the pointers in them are null, as the
//!   type ensures).
//!
//! A call blocks its thread until the server has answered. The server may process two calls at once or one after the
//! other.

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
    (R: Record, O) Connection<'_, R, O> where O;
    (R: Record, O) Port<'_, R, O> where O;
    (R: Record) Device<'_, R> where R::Owner;
    (R: Record, O) Interface<'_, R, O> where O;
}
