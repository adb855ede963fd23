/** Whether a text is a unit of UCUM (case-sensitive codes, UCUM 2.1 §2): its grammar, its prefixes and its atoms. */

const prefixes = 'Y Z E P T G M k h da d c m u n p f a z y Ki Mi Gi Ti'.split(' ')

/** Atoms that take prefixes. */
const metric = new Set(
  `m s g rad K C cd mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv l L ar t bar u eV pc Ky Bi G Mx Gal dyn erg P St
  Oe Gb sb Lmb ph Ci R RAD REM st cal cal_[15] cal_[20] cal_m cal_IT cal_th [Cal] m[H2O] m[Hg] B B[SPL] B[V] B[mV] B[uV] B[10.nV]
  B[W] B[kW] Np bit bit_s By Bd kat U [iU] [IU] osm eq gf [g] tex mho pt [pH]x [hnsf'U]x [c] [h] [k] [eps_0] [mu_0] [e] [m_e]
  [m_p] [G] [ly] [arb'U] [Hg]`.split(/\s+/),
)

/** Atoms that stand alone. */
const plain = new Set(
  `10* 10^ [pi] % [ppth] [ppm] [ppb] [pptr] deg ' '' gon min h d a_t a_j a_g a wk mo_s mo_j mo_g mo AU atm gf [lbf_av] [in_i] [ft_i]
  [yd_i] [mi_i] [fth_i] [nmi_i] [kn_i] [sin_i] [sft_i] [syd_i] [cin_i] [cft_i] [cyd_i] [bf_i] [cr_i] [mil_i] [cml_i] [hd_i] [ft_us]
  [yd_us] [in_us] [rd_us] [ch_us] [lk_us] [rch_us] [rlk_us] [fth_us] [fur_us] [mi_us] [acr_us] [srd_us] [smi_us] [sct] [twp] [mil_us]
  [in_br] [ft_br] [rd_br] [ch_br] [lk_br] [fth_br] [pc_br] [yd_br] [mi_br] [nmi_br] [kn_br] [acr_br] [gal_us] [bbl_us] [qt_us] [pt_us]
  [gil_us] [foz_us] [fdr_us] [min_us] [crd_us] [bu_us] [gal_wi] [pk_us] [dqt_us] [dpt_us] [tbs_us] [tsp_us] [cup_us] [foz_m] [cup_m]
  [tsp_m] [tbs_m] [gal_br] [pk_br] [bu_br] [qt_br] [pt_br] [gil_br] [foz_br] [fdr_br] [min_br] [gr] [lb_av] [oz_av] [dr_av] [scwt_av]
  [lcwt_av] [ston_av] [lton_av] [stone_av] [pwt_tr] [oz_tr] [lb_tr] [sc_ap] [dr_ap] [oz_ap] [lb_ap] [oz_m] [lne] [pnt] [pca] [pnt_pr]
  [pca_pr] [pied] [pouce] [ligne] [didot] [cicero] [degF] [degR] [degRe] [Btu_39] [Btu_59] [Btu_60] [Btu_m] [Btu_IT] [Btu_th] [Btu]
  [HP] [den] [in_i'H2O] [in_i'Hg] [PRU] [wood'U] [diop] [p'diop] %[slope] [mesh_i] [Ch] [drp] [hnsf'U] [MET] [hp'_X] [hp'_C] [hp'_M]
  [hp'_Q] [hp_X] [hp_C] [hp_M] [hp_Q] [kp_X] [kp_C] [kp_M] [kp_Q] [pH] [S] [HPF] [LPF] [arb'U] [USP'U] [GPL'U] [MPL'U] [APL'U] [beth'U]
  [anti'Xa'U] [todd'U] [dye'U] [smgy'U] [bdsk'U] [ka'U] [knk'U] [mclg'U] [tb'U] [CCID_50] [TCID_50] [EID_50] [PFU] [FFU] [CFU] [IR]
  [BAU] [AU] [Amb'a'1'U] [PNU] [Lf] [D'ag'U] [FEU] [ELU] [EU] [cicero] [FNU] [FTU] [NTU] [car_m] [car_Au] [smoot] [m/s2/Hz^0.5]
  [bit_s] circ sph [in_i'Hg] [psi] [degRe] [rlk_us] [ly] b att gf [lb_tr] [G] bit_s [m_e] [m_p] [g] [k] [h] [c] [e]`.split(/\s+/),
)

const longest = 200

/** False also where the text is empty or longer than any unit. */
export function isUcum(text: string): boolean {
  if (text === '' || text.length > longest || !/^[!-~]+$/.test(text)) return false
  const reader = new Reader(text)
  return reader.main() && reader.at === text.length
}

/** Recursive descent over the grammar of UCUM §2; true where the rule was read. */
class Reader {
  at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** A leading `/` is one divided by the rest. */
  main(): boolean {
    if (this.text[this.at] === '/') this.at++
    return this.term()
  }

  private term(): boolean {
    if (!this.component()) return false
    while (this.text[this.at] === '.' || this.text[this.at] === '/') {
      this.at++
      if (!this.component()) return false
    }
    return true
  }

  private component(): boolean {
    if (this.text[this.at] === '(') {
      this.at++
      if (!this.main() || this.text[this.at] !== ')') return false
      this.at++
      this.annotation()
      return true
    }
    if (this.annotation()) return true
    const factor = /^\d+(?=$|[./){])/.exec(this.text.slice(this.at))
    if (factor) this.at += factor[0].length
    else if (!this.unit()) return false
    this.annotation()
    return true
  }

  private annotation(): boolean {
    const found = /^\{[^{}]*\}/.exec(this.text.slice(this.at))
    if (found === null) return false
    this.at += found[0].length
    return true
  }

  /** An atom with its prefix and exponent; the longest stretch without operators, square brackets kept whole. */
  private unit(): boolean {
    const found = /^(?:10[*^]|%(?:\[slope\])?|(?:\[[^\]]*\]|[A-Za-z_'][A-Za-z_']*)+)/.exec(this.text.slice(this.at))
    if (found === null) return false
    if (!isAtom(found[0])) return false
    this.at += found[0].length
    const exponent = /^[+-]?\d+/.exec(this.text.slice(this.at))
    if (exponent) this.at += exponent[0].length
    return true
  }
}

function isAtom(text: string): boolean {
  if (plain.has(text) || metric.has(text)) return true
  return prefixes.some((prefix) => text.startsWith(prefix) && metric.has(text.slice(prefix.length)))
}
