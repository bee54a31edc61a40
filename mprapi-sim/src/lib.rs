//! A simulated router.
