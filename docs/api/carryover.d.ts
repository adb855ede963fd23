/**
 * Checks of Carryover for pipelines, servers and pages: everything runs where it is called, nothing is sent anywhere.
 *
 * @packageDocumentation
 */

/**
 * A `Blob`, a `File` of a page, or what `openAsBlob(path)` of `node:fs` gives.
 *
 * @public
 */
export declare interface BlobLike {
    /** In bytes. */
    readonly size: number;
    /** The part from byte `start` (inclusive) to byte `end` (exclusive). */
    slice(start?: number, end?: number): {
        arrayBuffer(): Promise<ArrayBuffer>;
    };
}

/**
 * One file as it was read.
 *
 * @public
 */
export declare interface CheckedInput {
    /** Its name as given. */
    readonly path: string;
    /** Size of the file. */
    readonly bytes: number;
    /** Of the bytes, hexadecimal; null where it was not read to its end. */
    readonly sha256: string | null;
    /** SHA-256 over the SHA-256 (32 bytes each) of every 256 MiB, hexadecimal; left out where it is not known. */
    readonly sha256Blocks?: string;
    /** Recognised from the bytes; null where it was not. */
    readonly format: string | null;
    /** Encoding of a table, such as `utf-8` or `windows-1252`. */
    readonly encoding: string | null;
    /** Rows or resources. */
    readonly records: number;
    /** `partial`: some records were lost or reading stopped early. `unreadable`: none was read. */
    readonly status: 'read' | 'partial' | 'unreadable';
}

/**
 * What became of one hurt of today, or a new one of tomorrow.
 *
 * @public
 */
export declare interface ComparedFinding {
    /** Name of the rule; docs/rules has a page for each. */
    readonly code: string;
    /** How much it weighs. */
    readonly severity: SeverityName;
    /** What became of it. */
    readonly outcome: 'digitized' | 'kept' | 'reduced' | 'eliminated' | 'relocated' | 'worsened' | 'introduced' | 'unjudged';
    /** True where it asks about what was not drawn or might go wrong. */
    readonly question: boolean;
    /** Ids of steps. */
    readonly current: readonly string[];
    /** Ids of steps. */
    readonly future: readonly string[];
    /** What was measured on both sides; null where it can not be told. */
    readonly metric: {
        readonly name: string;
        readonly unit: string;
        readonly current: number | null;
        readonly future: number | null;
        /** 1 − future/current, a share; negative where it grew. */
        readonly change: number | null;
    };
    /** Steps and numbers in words. */
    readonly sentence: string;
    /** The rule, for a person. */
    readonly title: string;
    /** Why it matters. */
    readonly why: string;
    /** What to do about it. */
    readonly remedy: string;
    /** Minutes of cases per week at stake. */
    readonly minutesPerWeek: {
        readonly current: number | null;
        readonly future: number | null;
    };
    /** Fingerprint of the finding whose cause this one shares; null where it stands for itself. */
    readonly partOf: string | null;
    /** The same finding in the next run has the same fingerprint (SHA-256, hexadecimal). */
    readonly fingerprint: string;
}

/**
 * Says which bottlenecks of today survive in the future workflow, which are gone, and which were merely digitized.
 *
 * @param pair - both maps, with trace and scenario where there are any
 * @param options - how the run is followed and stopped
 * @returns findings with the numbers they rest on; the same input gives the same result, bit for bit
 * @throws {@link InvalidInput} where a map, trace or scenario is not what its name says
     * @public
     */
 export declare function compareWorkflows(pair: WorkflowPair, options?: RunOptions): Promise<WorkflowComparison>;

 /**
  * The content of one file: text (taken as UTF-8), bytes, or a blob. A blob is read in pieces of one megabyte, so that
  * memory stays bounded whatever the size of the file.
  *
  * @public
  */
 export declare type Data = string | Uint8Array | BlobLike;

 /**
  * A drawn record.
  *
  * @public
  */
 export declare interface DrawnUnit {
     /** As it was given. */
     readonly id: string;
     /** As it was given, or `all`. */
     readonly stratum: string;
     /** SHA-256 of seed, stratum and id (hexadecimal): the key that records are sorted by. */
     readonly ticket: string;
 }

 /**
  * Draws records: whoever has the same units and seed draws the same ones in the same order.
  *
  * @param request - all units, the seed and how many
  * @returns the drawn records with the digests that prove them
  * @throws {@link InvalidInput} where units repeat, the seed is no 20 digits, or more is asked for than there is
      * @public
      */
  export declare function drawSample({ units, seed, n }: SampleRequest): SampleDraw;

  /**
   * A mean over replications, with its 95 % Student interval.
   *
   * @public
   */
  export declare interface Interval {
      /** In the unit of the member that holds it. */
      readonly mean: number;
      /** Lower and upper end, in the same unit. */
      readonly interval: readonly [number, number];
  }

  /** The one error that callers are meant to catch. */
  /**
   * What was given can not be used. `message` is a sentence for a person: what is wrong, where, and what to do.
   * Defects in data are never thrown: they are findings of a report.
   *
   * @public
   */
  export declare class InvalidInput extends Error {
      /** Which member of the argument is meant, such as `seed` or `tables[1].data`. */
      readonly place: string;
      /* Excluded from this release type: __constructor */
  }

  /**
   * One check of a ledger.
   *
   * @public
   */
  export declare interface LedgerCheck {
      /** `V1` to `V5`. */
      readonly id: string;
      /** What is checked, for a person. */
      readonly title: string;
      /** True where it holds. */
      readonly ok: boolean;
      /** The first entry that does not stand as it should; null where all do, or none can be named. */
      readonly first: {
          readonly device: string | null;
          readonly seq: number | null;
          readonly line: number | null;
      } | null;
      /** What is wrong, or what was checked. */
      readonly why: string;
  }

  /**
   * What a ledger proves by itself.
   *
   * @public
   */
  export declare interface LedgerReport {
      /** True where every check holds. */
      readonly ok: boolean;
      /** In the order of their ids. */
      readonly checks: readonly LedgerCheck[];
      /** Digest that the whole ledger leads to (`sha256:…`). */
      readonly head: string;
      /** Lines that are entries. */
      readonly entries: number;
      /** Entries that are signatures. */
      readonly signatures: number;
      /** Heads that signatures stand on, in the order of the ledger. */
      readonly signedHeads: readonly string[];
      /** What nobody can read off a ledger alone, as sentences. */
      readonly cannotProve: readonly string[];
  }

  /**
   * What a ledger is held against.
   *
   * @public
   */
  export declare interface LedgerVerification {
      /** A head that was printed or sent earlier (`sha256:` and 64 hexadecimal digits): the ledger must still lead to it. */
      readonly expectedHead?: string;
  }

  /**
   * How far a run has come.
   *
   * @public
   */
  export declare interface Progress {
      /** In `unit`, from 0 to `total`. */
      readonly done: number;
      /** In `unit`; it may grow while a run learns that it has to read something again. */
      readonly total: number;
      /** What `done` and `total` count. */
      readonly unit: 'bytes' | 'records' | 'replications';
      /** What is being worked on, for a person; never a value of the data. */
      readonly label: string;
  }

  /**
   * Something in a map, trace or scenario that could not be used as it stands; the rest was used.
   *
   * @public
   */
  export declare interface ReadingProblem {
      /** Which of the given objects it is in. */
      readonly of: 'current' | 'future' | 'trace' | 'scenario' | 'policy' | 'evidence' | 'map';
      /** JSON path inside that object, such as `$.nodes[3].medium`. */
      readonly place: string;
      /** What is wrong, for a person. */
      readonly sentence: string;
  }

  /**
   * All occurrences of one rule at one column or element. `count` and `denominator` are exact; `rows` is a sample.
   *
   * @public
   */
  export declare interface ReportedFinding {
      /** Name of the rule, such as `data/date-format`; docs/rules has a page for each. */
      readonly code: string;
      /** How much it weighs. */
      readonly severity: SeverityName;
      /** The rule in the words of its specification; left out where the code alone says it. */
      readonly cause?: string;
      /** Index in `inputs`; null where it is about no single file. */
      readonly input: number | null;
      /** Column of a table. */
      readonly field: string | null;
      /** FHIR element without indexes, such as `Patient.birthDate`. */
      readonly element: string | null;
      /** Occurrences. */
      readonly count: number;
      /** Values or records that were tested; null where counting makes no sense. */
      readonly denominator: number | null;
      /** Distinct patients it touches; null where the table does not lead to a patient. */
      readonly patients: number | null;
      /** What of a patient's record it is about, such as `allergy`. */
      readonly safety: string | null;
      /** The rule, for a person. */
      readonly title: string;
      /** Why it matters. */
      readonly why: string;
      /** What to do about it. */
      readonly remedy: string;
      /** Numbers about all occurrences together. */
      readonly facts: readonly ReportFact[];
      /** The same finding in the next run has the same fingerprint (SHA-256, hexadecimal). */
      readonly fingerprint: string;
      /** True where `rows` holds fewer than `count`. */
      readonly truncated: boolean;
      /** In the order of the file. */
      readonly rows: readonly ReportedPlace[];
  }

  /**
   * One occurrence of a finding, where a person can go and look.
   *
   * @public
   */
  export declare interface ReportedPlace {
      /** Record, counted from 1 after the header; null for a file as a whole. */
      readonly record: number | null;
      /** Line of the file, counted from 1. */
      readonly line: number | null;
      /** Offset in the file, in bytes from 0. */
      readonly byte: number | null;
      /** Length of the cell, in bytes. */
      readonly length: number | null;
      /** `Type/id` of a resource; `Type/…` unless values were asked for. */
      readonly id: string | null;
      /** FHIR path with indexes, such as `Patient.name[0].given`. */
      readonly path: string | null;
      /** Number of the patient within this run: the same number is the same patient, and nobody is named. */
      readonly patient: number | null;
      /** The value, only where `reveal` asked for it. */
      readonly value: string | null;
      /** The shape of the value where it was not asked for, such as `Aaaa 99/99`. */
      readonly shape?: string;
      /** What convinced the rule here. */
      readonly facts: readonly ReportFact[];
  }

  /**
   * One number or word that a finding rests on.
   *
   * @public
   */
  export declare interface ReportFact {
      /** What the value is, for a person. */
      readonly name: string;
      /** Never a value of the data, unless `reveal` asked for it. */
      readonly value: number | string | boolean | null;
      /** Left out where the value has none. */
      readonly unit?: string;
  }

  /**
   * Formats a report can be written in; those of `carryover validate --format`.
   *
   * @public
   */
  export declare type ReportFormat = 'text' | 'json' | 'ndjson' | 'csv' | 'csv-machine' | 'sarif' | 'junit' | 'operationoutcome' | 'frictionless' | 'markdown' | 'html';

  /**
   * Writes a report as text.
   *
   * @param report - what `validateTable` or `validateResources` gave, unchanged
   * @param format - `operationoutcome` is an OperationOutcome of FHIR as JSON
   * @returns the text, ending with a line end
   * @throws {@link InvalidInput} where there is no such format
       * @public
       */
   export declare function reportText(report: ValidationReport, format: ReportFormat): string;

   /**
    * How resources are validated.
    *
    * @public
    */
   export declare interface ResourceOptions extends ValidationOptions {
       /** Conformance resources beside FHIR R4: StructureDefinition, ValueSet, CodeSystem …, as parsed JSON. */
       readonly definitions?: readonly object[];
       /** Canonical addresses of profiles; every resource of their type has to fit. */
       readonly profiles?: readonly string[];
       /** Settings by name, as `--fhir-setting` of the command line takes them, such as `{ 'best-practice': 'warning' }`. */
       readonly settings?: Readonly<Record<string, string>>;
   }

   /**
    * One file of resources: NDJSON (one resource a line), one resource as JSON, or a Bundle.
    *
    * @public
    */
   export declare interface ResourcesInput {
       /** File name; reports name the file by it. */
       readonly name: string;
       /** The content of the file. */
       readonly data: Data;
   }

   /**
    * One role of the map.
    *
    * @public
    */
   export declare interface RoleForecast {
       /** Of the lane in the map. */
       readonly id: string;
       /** Busy share of the open hours, 0 to 1. */
       readonly utilisation: number;
       /** Work asked for as a share of the open hours; from 1 on the role never catches up. */
       readonly load: number;
   }

   /**
    * How a run is followed and stopped.
    *
    * @public
    */
   export declare interface RunOptions {
       /** Stops the run: the promise is then rejected with the reason of the signal. */
       readonly signal?: AbortSignal;
       /** Called between parts of the work, several times a second at most. */
       readonly onProgress?: (progress: Progress) => void;
   }

   /**
    * A sample.
    *
    * @public
    */
   export declare interface SampleDraw {
       /** Digest of all units (`sha256:…`), whatever their order. */
       readonly frame: string;
       /** As it was given. */
       readonly seed: string;
       /** By stratum, then by ticket: the order in which they are read. */
       readonly records: readonly DrawnUnit[];
       /** Digest of the drawn records (`sha256:…`). */
       readonly tickets: string;
   }

   /**
    * What is drawn.
    *
    * @public
    */
   export declare interface SampleRequest {
       /** Every record that could be drawn, in any order. */
       readonly units: Iterable<SampleUnit>;
       /** 20 decimal digits, rolled after the digest of the frame was published. */
       readonly seed: string;
       /** Records in all, shared among strata in proportion to their sizes; or records of each stratum by name. */
       readonly n: number | Readonly<Record<string, number>>;
   }

   /**
    * A record that could be drawn.
    *
    * @public
    */
   export declare interface SampleUnit {
       /** Not empty, without control characters, once per stratum. A keyed hash, where an id would name a patient. */
       readonly id: string;
       /** Lower-case letters, digits and hyphens, at most 64; `all` where it is left out. */
       readonly stratum?: string;
   }

   /**
    * Worst first: `critical` may harm a patient, `error` would not load or loses data, `warning` and `info` have to be looked at.
    *
    * @public
    */
   export declare type SeverityName = 'critical' | 'error' | 'warning' | 'info';

   /**
    * Simulates one map by discrete events: waits, lead time and busy roles.
    *
    * @param request - the map and its scenario
    * @param options - how the run is followed and stopped
    * @returns means with intervals; the same seed gives the same result on every machine, bit for bit
    * @throws {@link InvalidInput} where map or scenario can not be simulated; the message says what is missing
        * @public
        */
    export declare function simulate(request: SimulationRequest, options?: RunOptions): Promise<SimulationReport>;

    /**
     * What a simulation says. All times are in seconds.
     *
     * @public
     */
    export declare interface SimulationReport {
        /** Of all random numbers. */
        readonly seed: number;
        /** Runs that the means rest on. */
        readonly replications: number;
        /** Per replication. */
        readonly cases: number;
        /** From the arrival of a case to its end; null where a role never catches up, or no case ended. */
        readonly leadTime: (Interval & {
            readonly p50: number;
            readonly p90: number;
        }) | null;
        /** Work of people on a case. */
        readonly touchTime: Interval;
        /** In the order of the map. */
        readonly steps: readonly StepForecast[];
        /** In the order of the map. */
        readonly roles: readonly RoleForecast[];
        /** Ids of roles that are asked for more than their hours. */
        readonly unstable: readonly string[];
        /** What the run could not use as drawn, in sentences. */
        readonly notes: readonly string[];
        /** What of the given objects could not be used. */
        readonly problems: readonly ReadingProblem[];
    }

    /**
     * A map and how work comes to it, each the parsed JSON of a file of a project.
     *
     * @public
     */
    export declare interface SimulationRequest {
        /** `current.json` or `future.json` (`carryover-workflow/1`). */
        readonly map: object;
        /** `scenario.json` (`carryover-scenario/1`): arrivals, staff, calendars, seed, replications, cases. */
        readonly scenario: object;
    }

    /**
     * One step of the map.
     *
     * @public
     */
    export declare interface StepForecast {
        /** Of the step in the map. */
        readonly id: string;
        /** Per case. */
        readonly visits: number;
        /** Everything a visit waits, in seconds: mean with interval, median, and what nine of ten stay below. */
        readonly wait: Interval & {
            readonly p50: number;
            readonly p90: number;
        };
        /** Work of a visit, in seconds. */
        readonly service: number;
    }

    /**
     * One table: delimited text, a workbook, fixed-width text, an SQL dump or a Parquet file; all but the last also in gzip or zip.
     *
     * @public
     */
    export declare interface TableInput {
        /** File name; reports name the table by it, and schemas by it without its ending. */
        readonly name: string;
        /** The content of the file. */
        readonly data: Data;
        /** Table Schema, one resource of a data package, or JSON Schema, as parsed JSON. Without one, what is unlike the rest is told. */
        readonly schema?: object;
        /** Choices that a person made. */
        readonly reading?: TableReading;
    }

    /**
     * How tables are validated.
     *
     * @public
     */
    export declare interface TableOptions extends ValidationOptions {
        /** A data package (`datapackage.json` as parsed JSON); its resources are found by the names of the tables. */
        readonly package?: object;
        /** Rules of the team: the content of `rules/*.json`, each as parsed JSON. */
        readonly rules?: readonly object[];
    }

    /**
     * How a table is read; whatever is left out is recognised from the bytes.
     *
     * @public
     */
    export declare interface TableReading {
        /** Label of the WHATWG Encoding Standard such as `windows-1252`, or cp437, cp850, ebcdic-037, ebcdic-500. */
        readonly encoding?: string;
        /** What separates cells. */
        readonly delimiter?: string;
        /** Empty where the file has none. */
        readonly quote?: string;
        /** Rows of column names; 0 for none. */
        readonly headerRows?: number;
        /** Lines above the header to pass over. */
        readonly skipRows?: number;
        /** Spellings that mean "nothing recorded", beside the empty cell. */
        readonly nulls?: readonly string[];
        /** Which part of dates such as 03/04/1990 comes first, where the cells do not prove it. */
        readonly dateOrder?: 'day-first' | 'month-first' | 'year-first';
        /** How fractions are written where the schema names no mark. */
        readonly decimal?: 'point' | 'comma';
        /** Sheet of a workbook, or table of an SQL dump. */
        readonly sheet?: string;
        /** File inside a zip archive. */
        readonly entry?: string;
    }

    /**
     * Validates FHIR R4 resources: structure, codes, invariants, profiles, and references among all of them.
     *
     * @example
     * ```js
     * const report = await validateResources([{ resourceType: 'Patient', birthDate: '1990-13-01' }])
     * ```
     * @param resources - files, or resources as parsed JSON; of the latter, record `n` of a finding is the n-th resource
     * @param options - profiles, definitions, settings, and what a report shows
     * @returns every finding with exact counts; nothing is looked up on a network
     * @throws {@link InvalidInput} where an argument can not be used, a profile is not known, or a file holds no resources
         * @public
         */
     export declare function validateResources(resources: ResourcesInput | readonly ResourcesInput[] | readonly object[], options?: ResourceOptions): Promise<ValidationReport>;

     /**
      * Validates a table, or several that refer to each other by keys.
      *
      * @example
      * ```js
      * const report = await validateTable({ name: 'visits.csv', data: 'id,seen\n1,2026-02-30\n' })
      * ```
      * @param tables - one table or several; keys are looked up among all of them
      * @param options - rules, the day of the extract, and what a report shows
      * @returns every finding with exact counts; memory stays bounded for blobs
      * @throws {@link InvalidInput} where an argument, a rule or a schema can not be used, or a file is no table
          * @public
          */
      export declare function validateTable(tables: TableInput | readonly TableInput[], options?: TableOptions): Promise<ValidationReport>;

      /**
       * How data is validated.
       *
       * @public
       */
      export declare interface ValidationOptions extends RunOptions {
          /** Shows values of cells in `rows`; off unless asked for, because they may be those of patients. */
          readonly reveal?: boolean;
          /** Places kept per finding; 200 unless said otherwise. Counts stay exact. */
          readonly maxRows?: number;
          /** Of the sample of places; the same seed gives the same sample. `'1'` unless said otherwise. */
          readonly seed?: string;
          /** The day of the extract, as YYYY-MM-DD: what rules call today. Rules that need one are not evaluated without it. */
          readonly asOf?: string;
      }

      /**
       * What a validation found.
       *
       * @public
       */
      export declare interface ValidationReport {
          /** What made the report. */
          readonly tool: {
              readonly name: 'carryover';
              readonly version: string;
          };
          /** The only times in a report: its start (RFC 3339) and its length in seconds. */
          readonly run: {
              readonly started: string;
              readonly seconds: number;
          };
          /** In the order given; tables inside a file follow it. */
          readonly inputs: readonly CheckedInput[];
          /** Occurrences by severity, and records with at least one error; null where that is not known. */
          readonly summary: Readonly<Record<SeverityName, number>> & {
              readonly recordsWithErrors: number | null;
          };
          /** Worst severity first, then most occurrences. */
          readonly findings: readonly ReportedFinding[];
          /** What was asked for and not done, with the reason. */
          readonly notEvaluated: readonly {
              readonly what: string;
              readonly why: string;
          }[];
      }

      /**
       * Verifies `ledger.jsonl`: form, hashes, chains, heads and signatures. It needs WebCrypto (Node, or a page opened over https).
       *
       * @param text - the ledger, one entry a line
       * @param options - the head that was printed or sent earlier
       * @returns each check with the first place that breaks it
       * @throws {@link InvalidInput} where the text is none, is empty, or the head has another form
           * @public
           */
       export declare function verifyLedger(text: string, options?: LedgerVerification): Promise<LedgerReport>;

       /**
        * Current against future.
        *
        * @public
        */
       export declare interface WorkflowComparison {
           /** Worst severity first, then most minutes at stake. */
           readonly findings: readonly ComparedFinding[];
           /** Faults of the maps themselves. */
           readonly structure: readonly {
               readonly code: string;
               readonly severity: SeverityName;
               readonly side: 'current' | 'future';
               readonly nodes: readonly string[];
               readonly sentence: string;
           }[];
           /** Current steps with a link, of all current steps. */
           readonly traced: {
               readonly n: number;
               readonly of: number;
           };
           /** Ids of steps without a link. */
           readonly untraced: {
               readonly current: readonly string[];
               readonly future: readonly string[];
           };
           /** Why nothing was judged, in sentences; empty where it was. */
           readonly blocked: readonly string[];
           /** Whether waits are `simulated` or `estimated`. */
           readonly level: 'simulated' | 'estimated';
           /** Why nothing was simulated, in sentences; empty where it was. */
           readonly notSimulated: readonly string[];
           /** Mean time of a case in seconds, with the 95 % interval over replications; null where nothing was simulated. */
           readonly leadTime: {
               readonly current: Interval | null;
               readonly future: Interval | null;
           } | null;
           /** What of the given objects could not be used. */
           readonly problems: readonly ReadingProblem[];
       }

       /**
        * Both maps of a workflow and what is known about them, each the parsed JSON of a file of a project.
        *
        * @public
        */
       export declare interface WorkflowPair {
           /** `current.json` (`carryover-workflow/1`). */
           readonly current: object;
           /** `future.json`. */
           readonly future: object;
           /** `trace.json`: links between steps. Without it every step counts as not traced. */
           readonly trace?: readonly object[];
           /** `scenario.json`: arrivals, staff and calendars. With it waits are simulated, otherwise estimated. */
           readonly scenario?: object;
           /** Thresholds of the rules (`rules/workflow.json`). */
           readonly policy?: object;
           /** Which data is carried over, by element: `carried`, `mapped` or `missing`. */
           readonly evidence?: Readonly<Record<string, 'carried' | 'mapped' | 'missing'>>;
       }

       export { }
