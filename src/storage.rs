//! The store on disk: dictionary, segments, log, manifest, snapshots.
