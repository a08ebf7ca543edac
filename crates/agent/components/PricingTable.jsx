import "./PricingTable.css";

const plans = __PLANS__;

export default function PricingTable() {
  return (
    <section className="pricing" id="pricing" aria-labelledby="pricing-title">
      <h2 id="pricing-title">__TITLE__</h2>
      <ul className="pricing-plans">
        {plans.map((plan) => (
          <li key={plan.name} className={plan.popular ? "pricing-plan pricing-plan-popular" : "pricing-plan"}>
            <h3>
              {plan.name}
              {plan.popular && <span className="pricing-badge">Most popular</span>}
            </h3>
            <p className="pricing-price">
              <strong>{plan.price}</strong> {plan.period}
            </p>
            <ul className="pricing-features">
              {plan.features.map((feature) => (
                <li key={feature}>{feature}</li>
              ))}
            </ul>
            <button type="button" aria-label={`Choose ${plan.name}`}>
              Choose plan
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
